package dev.tessera.cli;

/** Exit codes that no {@link dev.tessera.base.TesseraException.Kind} carries. */
final class ExitCodes {
  /** The command did what it was asked for. */
  static final int OK = 0;

  /** The user's input is wrong. */
  static final int INPUT = 1;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  /** A fault of Tessera (EX_SOFTWARE of sysexits.h). */
  static final int BUG = 70;

  private ExitCodes() {}
}
