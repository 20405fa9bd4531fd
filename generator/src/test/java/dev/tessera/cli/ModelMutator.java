package dev.tessera.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes models at random places of their structure, so that they still parse. */
final class ModelMutator {
  /** Names that must not reach Verilog, Tcl, make, shell or HTML as they are. */
  static final List<String> NAMES =
      List.of(
          "",
          "../../escaped",
          "$(touch escaped)",
          "`touch escaped`",
          "\"; exec touch escaped; #",
          "<script>alert(1)</script>",
          "endmodule",
          "a\nb\tc",
          "m\u00fcller \u2603",
          "x".repeat(300),
          "x",
          "y");

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    16,
    255,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final double[] REALS = {
    0, -0.0, 1, -1, 1e-30, 1e30, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  ModelMutator(long seed) {
    this.random = new Random(seed);
  }

  /** {@code model} with one to three changes. */
  Message mutated(Message model) {
    Message changed = model;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed = mutated(changed, size(changed));
    }
    return changed;
  }

  /** Messages in {@code message}, itself included. */
  private static int size(Message message) {
    int size = 1;
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        for (Object part : values(message, field)) {
          size += size((Message) part);
        }
      }
    }
    return size;
  }

  private static List<Object> values(Message message, FieldDescriptor field) {
    List<Object> values = new ArrayList<>();
    if (!field.isRepeated()) {
      values.add(message.getField(field));
    } else {
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        values.add(message.getRepeatedField(field, i));
      }
    }
    return values;
  }

  /** Descends to one of {@code size} messages, each as likely as any other, and changes it. */
  private Message mutated(Message message, int size) {
    int chosen = random.nextInt(size);
    if (chosen == 0) {
      return changed(message);
    }
    chosen--;
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      List<Object> parts = values(message, field);
      for (int i = 0; i < parts.size(); i++) {
        int inside = size((Message) parts.get(i));
        if (chosen < inside) {
          return with(message, field, i, mutated((Message) parts.get(i), inside));
        }
        chosen -= inside;
      }
    }
    return changed(message);
  }

  private static Message with(Message message, FieldDescriptor field, int index, Object value) {
    Message.Builder builder = message.toBuilder();
    return (field.isRepeated()
            ? builder.setRepeatedField(field, index, value)
            : builder.setField(field, value))
        .build();
  }

  private Message changed(Message message) {
    List<FieldDescriptor> set = new ArrayList<>(message.getAllFields().keySet());
    List<FieldDescriptor> all = message.getDescriptorForType().getFields();
    FieldDescriptor field =
        set.isEmpty() || random.nextInt(8) == 0
            ? all.get(random.nextInt(all.size()))
            : set.get(random.nextInt(set.size()));
    Message.Builder builder = message.toBuilder();
    int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 0;
    if (field.isRepeated() && count > 0 && random.nextInt(3) > 0) {
      int at = random.nextInt(count);
      Object other = message.getRepeatedField(field, random.nextInt(count));
      switch (random.nextInt(4)) {
        case 0 -> builder.addRepeatedField(field, other);
        case 1 -> builder.setRepeatedField(field, at, other);
        case 2 -> removed(builder, message, field, at);
        default -> builder.setRepeatedField(field, at, value(message, field, other));
      }
    } else if (random.nextInt(6) == 0) {
      builder.clearField(field);
    } else if (field.isRepeated()) {
      builder.addRepeatedField(field, value(message, field, null));
    } else {
      builder.setField(field, value(message, field, message.getField(field)));
    }
    return builder.build();
  }

  private static void removed(
      Message.Builder builder, Message message, FieldDescriptor field, int at) {
    builder.clearField(field);
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      if (i != at) {
        builder.addRepeatedField(field, message.getRepeatedField(field, i));
      }
    }
  }

  private Object value(Message message, FieldDescriptor field, Object old) {
    return switch (field.getJavaType()) {
      case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
      case LONG -> NUMBERS[random.nextInt(NUMBERS.length)];
      case FLOAT -> (float) REALS[random.nextInt(REALS.length)];
      case DOUBLE -> REALS[random.nextInt(REALS.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> NAMES.get(random.nextInt(NAMES.size()));
      case BYTE_STRING -> bytes(old instanceof ByteString had ? had : ByteString.EMPTY);
      case ENUM -> {
        var kinds = field.getEnumType().getValues();
        yield kinds.get(random.nextInt(kinds.size()));
      }
      case MESSAGE -> old != null ? old : message.toBuilder().newBuilderForField(field).build();
    };
  }

  private ByteString bytes(ByteString had) {
    byte[] bytes = had.toByteArray();
    if (bytes.length == 0 || random.nextInt(4) == 0) {
      return had.substring(0, random.nextInt(bytes.length + 1));
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return ByteString.copyFrom(bytes);
  }
}
