package dev.anneal.experiments;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes this machine for the record. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /**
   * What is known of this machine.
   *
   * @param threads how many threads train
   * @return the description
   */
  public static Environment describe(int threads) {
    return new Environment(
        "%s, %d cores".formatted(cpu(), Runtime.getRuntime().availableProcessors()),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        threads,
        version());
  }

  private static String cpu() {
    if (Files.isReadable(CPU_INFO)) {
      try (Stream<String> lines = Files.lines(CPU_INFO)) {
        Optional<String> model =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
        if (model.isPresent()) {
          return model.get();
        }
      } catch (IOException _) {
        // The architecture will do.
      }
    }
    return System.getProperty("os.arch");
  }

  /**
   * The version of Anneal.
   *
   * @return as its module has it, be it on the module path or on the class path; {@code unknown}
   *     where it has none
   */
  public static String version() {
    return Optional.ofNullable(Machine.class.getModule().getDescriptor())
        .or(Machine::unused)
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("unknown");
  }

  /** The descriptor that the class path makes no use of. */
  private static Optional<ModuleDescriptor> unused() {
    CodeSource source = Machine.class.getProtectionDomain().getCodeSource();
    try {
      return ModuleFinder.of(Path.of(source.getLocation().toURI())).findAll().stream()
          .map(ModuleReference::descriptor)
          .findFirst();
    } catch (URISyntaxException | FindException _) {
      return Optional.empty();
    }
  }
}
