package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.StringStringEntryProto;
import dev.tessera.frontend.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tensor data in a file beside the model: read only from inside the model's folder. */
final class ExternalData {
  private ExternalData() {}

  /**
   * The bytes of {@code tensor}.
   *
   * @param folder the model's folder
   * @param length bytes that its shape needs
   * @throws TesseraException if the file lies outside the folder (symbolic links followed), is
   *     missing, or has not that many bytes at the stated place
   */
  static byte[] read(Path folder, TensorProto tensor, long length, String place) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    Path file = resolve(folder, location, place);
    long offset = number(entries, "offset", 0, place);
    long stated = number(entries, "length", length, place);
    if (stated != length) {
      throw refuse(place, "states " + stated + " bytes where its shape needs " + length);
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() - length) {
        throw refuse(place, "ends inside '" + location + "', which is too short");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw refuse(place, "ends inside '" + location + "', which is too short");
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw refuse(place, "is not readable in '" + location + "'");
    }
  }

  /**
   * The files beside a model in which its tensors lie, in order of their names.
   *
   * @param folder the model's folder
   * @throws TesseraException as {@link #read}
   */
  static List<Path> files(Path folder, ModelProto proto) {
    TreeSet<Path> files = new TreeSet<>();
    for (TensorProto tensor : proto.getGraph().getInitializerList()) {
      for (StringStringEntryProto entry : tensor.getExternalDataList()) {
        if (entry.getKey().equals("location")) {
          files.add(resolve(folder, entry.getValue(), "tensor '" + tensor.getName() + "'"));
        }
      }
    }
    return List.copyOf(files);
  }

  private static Path resolve(Path folder, String location, String place) {
    try {
      Path relative = Path.of(location);
      Path file = folder.resolve(relative).normalize();
      boolean inside = !relative.isAbsolute() && file.startsWith(folder.normalize());
      if (location.isEmpty() || !inside) {
        throw refuse(place, "names '" + location + "', which is outside the model's folder");
      }
      if (!Files.isRegularFile(file)) {
        throw refuse(place, "needs '" + location + "', which is missing");
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw refuse(place, "names '" + location + "', which links outside the model's folder");
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw refuse(place, "names '" + location + "', which is not a readable path");
    }
  }

  private static long number(
      Map<String, String> entries, String key, long otherwise, String place) {
    try {
      long value = Long.parseLong(entries.getOrDefault(key, Long.toString(otherwise)));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refuse(place, "has the " + key + " '" + entries.get(key) + "', which is no number");
    }
    throw refuse(place, "has a negative " + key);
  }

  private static TesseraException refuse(String place, String what) {
    return TesseraException.input(
        "onnx.external",
        place,
        "external data " + what,
        "keep the data file in the model's folder, or store the tensors inside the model");
  }
}
