package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Constants of a model file. */
final class TensorReader {
  /** More elements in all than the constants of a network that fits an FPGA have. */
  private static final long MOST_ELEMENTS = 1L << 25;

  private final Path folder;
  private long elements;

  /**
   * A reader.
   *
   * @param folder the model's folder, where external data may lie
   */
  TensorReader(Path folder) {
    this.folder = folder;
  }

  /**
   * The tensor.
   *
   * @param place where it stands in the model, for messages
   * @throws TesseraException if its type, shape or data are not readable
   */
  Tensor read(TensorProto proto, String place) {
    int type = proto.getDataType();
    if (!DataTypes.isReadable(type)) {
      throw TesseraException.input(
          "onnx.type",
          place,
          "constants of type " + DataTypes.name(type) + " are not supported",
          "store it as float32, int8, uint8, int32 or int64");
    }
    if (proto.hasSegment()) {
      throw TesseraException.input(
          "onnx.data", place, "tensors in segments are not supported", "store the tensor whole");
    }
    long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int count = elements(dims, place);
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      byte[] raw = ExternalData.read(folder, proto, (long) count * DataTypes.bytes(type), place);
      return new Tensor(dims, type, raw(ByteBuffer.wrap(raw), type, count, place), null);
    }
    if (proto.hasRawData()) {
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer();
      return new Tensor(dims, type, raw(raw, type, count, place), null);
    }
    return new Tensor(dims, type, listed(proto, type, count, place), null);
  }

  private int elements(long[] dims, String place) {
    long count = 1;
    for (long dim : dims) {
      if (dim < 0 || dim > MOST_ELEMENTS || count * dim > MOST_ELEMENTS - elements) {
        throw TesseraException.input(
            "onnx.size",
            place,
            "the constant is too large: " + Arrays.toString(dims),
            "all constants together may have " + MOST_ELEMENTS + " elements");
      }
      count *= dim;
    }
    elements += count;
    return (int) count;
  }

  private static double[] raw(ByteBuffer raw, int type, int count, String place) {
    requireLength(raw.remaining(), (long) count * DataTypes.bytes(type), "bytes", place);
    ByteBuffer bytes = raw.order(ByteOrder.LITTLE_ENDIAN);
    double[] data = new double[count];
    for (int i = 0; i < count; i++) {
      data[i] =
          switch (type) {
            case DataTypes.FLOAT -> bytes.getFloat();
            case DataTypes.DOUBLE -> bytes.getDouble();
            case DataTypes.INT32 -> bytes.getInt();
            case DataTypes.INT64 -> bytes.getLong();
            case DataTypes.INT8 -> bytes.get();
            default -> bytes.get() & 0xff;
          };
    }
    return data;
  }

  private static double[] listed(TensorProto proto, int type, int count, String place) {
    int length =
        switch (type) {
          case DataTypes.FLOAT -> proto.getFloatDataCount();
          case DataTypes.DOUBLE -> proto.getDoubleDataCount();
          case DataTypes.INT64 -> proto.getInt64DataCount();
          default -> proto.getInt32DataCount();
        };
    requireLength(length, count, "elements", place);
    return IntStream.range(0, count)
        .mapToDouble(
            i ->
                switch (type) {
                  case DataTypes.FLOAT -> proto.getFloatData(i);
                  case DataTypes.DOUBLE -> proto.getDoubleData(i);
                  case DataTypes.INT64 -> proto.getInt64Data(i);
                  default -> proto.getInt32Data(i);
                })
        .toArray();
  }

  private static void requireLength(long actual, long expected, String unit, String place) {
    if (actual != expected) {
      throw TesseraException.input(
          "onnx.data",
          place,
          "the constant holds " + actual + " " + unit + " where its shape needs " + expected,
          "the file is damaged; export the model again");
    }
  }
}
