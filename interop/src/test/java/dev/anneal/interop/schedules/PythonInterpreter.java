package dev.anneal.interop.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Python that has what a test needs.
 *
 * @param program its executable
 */
record PythonInterpreter(String program) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** One that can execute a statement; the test is skipped where there is none. */
  static PythonInterpreter with(String statement) throws IOException, InterruptedException {
    for (String candidate : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process =
            new ProcessBuilder(candidate, "-c", statement)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return new PythonInterpreter(candidate);
        }
      } catch (IOException e) {
        // not installed: the next
      }
    }
    return Assumptions.abort(
        "skipped: no python3 here can \"%s\"; on Debian: apt-get install python3-torch python3-numpy"
            .formatted(statement));
  }

  /** What a script prints as JSON. */
  JsonNode run(Path script, String path, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, script.toString()));
    command.addAll(arguments);
    Path errors = Files.createTempFile("python", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("PYTHONPATH", path);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), Files.readString(errors));
    Files.delete(errors);
    return JSON.readTree(out);
  }
}
