package dev.anneal.experiments;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A jar with plugins that a run uses and that did not come with the program.
 *
 * @param jar its file's name
 * @param version of its module, or that of its manifest; empty where neither says one
 * @param sha256 of all its bytes
 */
public record PluginJar(String jar, String version, String sha256) {
  /**
   * The jars of a folder of plugins that an experiment needs. Other libraries that these load are
   * not among them.
   *
   * @param experiment made of plugins
   * @return a jar each, by the names of their files
   */
  static List<PluginJar> of(Experiment experiment) {
    return classes(experiment)
        .filter(PluginJar::isForeign)
        .distinct()
        .flatMap(type -> of(type).stream())
        .distinct()
        .sorted((one, other) -> one.jar.compareTo(other.jar))
        .toList();
  }

  /** A folder of plugins has class loaders of its own. */
  private static boolean isForeign(Class<?> type) {
    return type.getClassLoader() != null
        && !type.getClassLoader().equals(PluginJar.class.getClassLoader());
  }

  /** The classes of records and constants in something, and of those in them. */
  private static Stream<Class<?>> classes(@Nullable Object part) {
    return switch (part) {
      case Optional<?> some -> some.stream().flatMap(PluginJar::classes);
      case Collection<?> all -> all.stream().flatMap(PluginJar::classes);
      case Record record ->
          Stream.concat(
              Stream.of(record.getClass()),
              Arrays.stream(record.getClass().getRecordComponents())
                  .flatMap(component -> classes(value(record, component))));
      case Enum<?> constant -> Stream.of(constant.getDeclaringClass());
      case null, default -> Stream.empty();
    };
  }

  /** Nothing where it is hidden: plugins are not, and neither is what holds them. */
  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException _) {
      return null;
    }
  }

  private static Optional<PluginJar> of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(file)
          ? Optional.of(
              new PluginJar(
                  String.valueOf(file.getFileName()),
                  version(type),
                  Checksums.sha256(Files.readAllBytes(file))))
          : Optional.empty();
    } catch (URISyntaxException | IOException _) {
      return Optional.empty(); // it was deleted since
    }
  }

  private static String version(Class<?> type) {
    return type.getModule().isNamed()
        ? type.getModule().getDescriptor().rawVersion().orElse("")
        : Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "");
  }

  /**
   * What has changed since a run began.
   *
   * @param then its jars
   * @param now those of the same experiment
   * @return a sentence for each jar that is another, or that was not there; nothing where all are
   *     the same
   */
  static List<String> changes(List<PluginJar> then, List<PluginJar> now) {
    return now.stream()
        .filter(jar -> !then.contains(jar))
        .map(jar ->
            "the plugins of %s are not those that the run began with (sha256 %s, then %s): it may"
                    .formatted(jar.jar, jar.sha256, sha256(then, jar.jar))
                + " have other bits")
        .toList();
  }

  private static String sha256(List<PluginJar> jars, String name) {
    return jars.stream()
        .filter(jar -> jar.jar.equals(name))
        .map(PluginJar::sha256)
        .findFirst()
        .orElse("no jar of that name");
  }
}
