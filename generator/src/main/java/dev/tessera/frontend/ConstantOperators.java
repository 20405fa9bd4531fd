package dev.tessera.frontend;

import dev.tessera.frontend.proto.TensorProto;

/** Constant, Identity and Cast. */
final class ConstantOperators {
  private ConstantOperators() {}

  static void constant(Call call) {
    Attributes attributes = call.attributes();
    Tensor tensor = null;
    int given = 0;
    if (attributes.has("value")) {
      TensorProto proto = attributes.tensor("value");
      tensor = call.tensors().read(proto, call.place());
      given++;
    }
    if (attributes.has("value_float")) {
      tensor = Tensor.scalar(attributes.real("value_float", 0), DataTypes.FLOAT);
      given++;
    }
    if (attributes.has("value_int")) {
      tensor = Tensor.scalar(attributes.integer("value_int", 0), DataTypes.INT64);
      given++;
    }
    if (attributes.has("value_floats")) {
      tensor = list(attributes.reals("value_floats"), DataTypes.FLOAT);
      given++;
    }
    if (attributes.has("value_ints")) {
      long[] values = attributes.integers("value_ints");
      double[] data = new double[values.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = values[i];
      }
      tensor = list(data, DataTypes.INT64);
      given++;
    }
    if (given != 1) {
      throw call.refuse(
          "onnx.node",
          "Constant has " + given + " values instead of one",
          "export the model again");
    }
    call.define(0, new Value.Constant(tensor));
  }

  private static Tensor list(double[] data, int type) {
    return new Tensor(new long[] {data.length}, type, data, null);
  }

  static void identity(Call call) {
    call.define(0, call.value(0));
  }

  static void cast(Call call) {
    long to = call.attributes().integer("to", 0);
    // Concerns conversions to 8-bit floats only, which are refused below.
    call.attributes().integer("saturate", 1);
    if (!DataTypes.isReadable((int) to) || to != (int) to) {
      throw call.attributes()
          .refuse("to", "is " + DataTypes.name((int) to) + ", which is not supported");
    }
    Value value = call.value(0);
    if (value instanceof Value.Constant constant) {
      call.define(0, new Value.Constant(convert(constant.tensor(), (int) to)));
    } else if (value instanceof Value.Map map && DataTypes.isReal((int) to)) {
      call.define(0, map);
    } else {
      throw call.refuse(
          "onnx.type",
          "casting a feature map to " + DataTypes.name((int) to) + " is not supported",
          "feature maps are float32");
    }
  }

  private static Tensor convert(Tensor tensor, int to) {
    double[] data = tensor.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (to) {
            case DataTypes.DOUBLE -> data[i];
            case DataTypes.FLOAT -> (float) data[i];
            case DataTypes.BOOL -> data[i] != 0 ? 1 : 0;
            case DataTypes.INT8 -> (byte) (long) data[i];
            case DataTypes.UINT8 -> (long) data[i] & 0xff;
            case DataTypes.INT32 -> (int) (long) data[i];
            default -> (long) data[i];
          };
    }
    return new Tensor(tensor.dims(), to, data, to == tensor.type() ? tensor.codes() : null);
  }
}
