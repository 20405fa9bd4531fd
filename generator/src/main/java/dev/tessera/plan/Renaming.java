package dev.tessera.plan;

import dev.tessera.hw.UnitSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;

/** A unit under another name; specs are records, and their name is a component. */
final class Renaming {
  private Renaming() {}

  /** The decisions of {@code spec} about a unit called {@code name}. */
  static UnitSpec named(UnitSpec spec, String name) {
    RecordComponent[] components = spec.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean itsName = components[i].getName().equals("name");
        values[i] = itsName ? name : components[i].getAccessor().invoke(spec);
      }
      Constructor<? extends UnitSpec> canonical = spec.getClass().getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
