package dev.anneal.bench.rounds;

import dev.anneal.core.kernel.Width;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under what conditions something was measured.
 *
 * @param date when, in UTC
 * @param commit what of Anneal
 * @param processor its name
 * @param processors how many this machine lends us
 * @param system the operating system
 * @param jdk whose it is, and its version
 * @param flags options of the virtual machine
 * @param bits of a vector; 0 where the engine computes without
 */
record Setting(
    Instant date,
    String commit,
    String processor,
    int processors,
    String system,
    String jdk,
    List<String> flags,
    int bits) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This process's own. */
  static Setting here(String commit) throws IOException {
    return new Setting(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        commit,
        Files.exists(PROCESSORS)
            ? processor(Files.readString(PROCESSORS))
            : System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        Width.preferred().bits());
  }

  /** Virtual machines hide the model's name; family and number tell generations apart. */
  static String processor(String described) {
    return "%s (family %s model %s)"
        .formatted(
            field(described, "model name"),
            field(described, "cpu family"),
            field(described, "model"));
  }

  private static String field(String described, String name) {
    Matcher found = Pattern.compile("(?m)^" + name + "\\s*: (.+)$").matcher(described);
    return found.find() ? found.group(1).strip() : "unknown";
  }
}
