package dev.tessera.flow;

/** The version of the program. */
public final class Version {
  private Version() {}

  /** What the build wrote into the jar; {@code development} where there is no jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
