package dev.tessera.emit;

import java.io.StringWriter;
import java.util.List;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.RuntimeConstants;

/** Velocity in strict mode over one typed output model per template. */
final class Templates {
  private static final List<String> SYSTEM_TASKS = List.of("clog2", "signed", "readmemh");

  /** Variables of Tcl that scripts use. */
  private static final List<String> TCL_VARIABLES =
      List.of("argc", "argv", "part", "rtl", "quartus");

  private static final VelocityEngine ENGINE = engine();

  private Templates() {}

  private static VelocityEngine engine() {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty(RuntimeConstants.SPACE_GOBBLING, "lines");
    engine.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT, true);
    engine.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT_ESCAPE, true);
    engine.setProperty(RuntimeConstants.VM_ARGUMENTS_STRICT, true);
    engine.init();
    return engine;
  }

  /**
   * The text of {@code templates/<template>} about {@code model}, which the template calls {@code
   * $m}.
   */
  static String render(String template, Object model) {
    VelocityContext context = new VelocityContext();
    context.put("m", model);
    SYSTEM_TASKS.forEach(task -> context.put(task, "$" + task));
    context.put("hash", "#");
    TCL_VARIABLES.forEach(name -> context.put(name, "$" + name));
    StringWriter out = new StringWriter();
    ENGINE.evaluate(context, out, template, Library.text(template));
    return out.toString();
  }
}
