package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.AttributeProto;
import dev.tessera.frontend.proto.AttributeProto.AttributeType;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.TensorProto;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes of one node. Every attribute must be asked for: {@link #finish} refuses the rest,
 * so that none is ever dropped in silence.
 */
final class Attributes {
  private final NodeProto node;
  private final String place;
  private final Map<String, AttributeProto> byName = new LinkedHashMap<>();
  private final Set<String> unread = new TreeSet<>();

  /**
   * The attributes of {@code node}.
   *
   * @param known names that its operator has here
   * @throws TesseraException if an attribute is unknown, twice there, or belongs to a function body
   */
  Attributes(NodeProto node, Set<String> known, String place) {
    this.node = node;
    this.place = place;
    for (AttributeProto attribute : node.getAttributeList()) {
      String name = attribute.getName();
      if (!known.contains(name)) {
        throw refuse(name, "is not supported");
      }
      if (!attribute.getRefAttrName().isEmpty()) {
        throw refuse(name, "refers to a function's attribute, which is not supported");
      }
      if (byName.put(name, attribute) != null) {
        throw refuse(name, "is there twice");
      }
      unread.add(name);
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  long integer(String name, long otherwise) {
    AttributeProto attribute = take(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  float real(String name, float otherwise) {
    AttributeProto attribute = take(name, AttributeType.FLOAT);
    float value = attribute == null ? otherwise : attribute.getF();
    if (!Float.isFinite(value)) {
      throw refuse(name, "is " + value);
    }
    return value;
  }

  String text(String name, String otherwise) {
    AttributeProto attribute = take(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /** The list, or null where it is absent. */
  long[] integers(String name) {
    AttributeProto attribute = take(name, AttributeType.INTS);
    return attribute == null
        ? null
        : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** The list, or null where it is absent. */
  double[] reals(String name) {
    AttributeProto attribute = take(name, AttributeType.FLOATS);
    return attribute == null
        ? null
        : attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
  }

  /** The tensor, or null where it is absent. */
  TensorProto tensor(String name) {
    AttributeProto attribute = take(name, AttributeType.TENSOR);
    return attribute == null ? null : attribute.getT();
  }

  /** Refuses the attribute {@code name}: the sentence is {@code attribute 'name' of Op why}. */
  TesseraException refuse(String name, String why) {
    return TesseraException.input(
        "onnx.attribute",
        place,
        "attribute '" + name + "' of " + node.getOpType() + " " + why,
        "export the model without it");
  }

  /** Refuses what was not asked for. */
  void finish() {
    for (String name : unread) {
      throw refuse(name, "is not supported here");
    }
  }

  private AttributeProto take(String name, AttributeType type) {
    unread.remove(name);
    AttributeProto attribute = byName.get(name);
    if (attribute != null && attribute.getType() != type) {
      throw refuse(name, "is of type " + attribute.getType() + " instead of " + type);
    }
    return attribute;
  }
}
