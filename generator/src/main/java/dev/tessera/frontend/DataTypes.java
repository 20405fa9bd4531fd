package dev.tessera.frontend;

import java.util.Set;

/** Element types of the ONNX format by their numbers. */
final class DataTypes {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int DOUBLE = 11;

  private static final Set<Integer> READABLE =
      Set.of(FLOAT, UINT8, INT8, INT32, INT64, BOOL, DOUBLE);

  private static final String[] NAMES = {
    "undefined",
    "float32",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "float64",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16",
    "float8e4m3fn",
    "float8e4m3fnuz",
    "float8e5m2",
    "float8e5m2fnuz",
    "uint4",
    "int4",
    "float4e2m1"
  };

  private DataTypes() {}

  static boolean isReadable(int type) {
    return READABLE.contains(type);
  }

  static boolean isReal(int type) {
    return type == FLOAT || type == DOUBLE;
  }

  static String name(int type) {
    return type >= 0 && type < NAMES.length ? NAMES[type] : "type " + type;
  }

  /** Bytes of an element in raw data. */
  static int bytes(int type) {
    return switch (type) {
      case UINT8, INT8, BOOL -> 1;
      case FLOAT, INT32 -> 4;
      default -> 8;
    };
  }
}
