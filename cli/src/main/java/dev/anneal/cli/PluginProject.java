package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.PluginProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Maven project with a plugin to begin from. Its files are resources, in which {@code @name@} and
 * the like stand for what differs.
 *
 * @param kind what is made
 * @param name of the plugin, in lower case with hyphens
 * @param packageName of its classes
 * @param version of Anneal that it is built against
 */
record PluginProject(Kind kind, String name, String packageName, String version) {
  private static final String TEMPLATES = "plugin-template/";

  /** What another class of the same name would hide in a template. */
  private static final Pattern USED = Pattern.compile("(?:import [\\w.]+\\.| record )([A-Z]\\w*)");

  private static final Pattern PLACEHOLDER = Pattern.compile("@(\\w+)@");

  /** Kinds of plugins that there is a template of. */
  enum Kind {
    /** A schedule. */
    SCHEDULE("--optimizer sgd --schedule \"%s(0.1) per iteration\""),
    /** An optimizer. */
    OPTIMIZER("--optimizer \"%s(0.01)\""),
    /** An optimizer around another. */
    WRAPPER("--optimizer \"%s(adam)\"");

    private final String use;

    Kind(String use) {
      this.use = use;
    }

    /** In lower case, as a line has it and as its folder of templates is called. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The options of a training that uses it. */
  String use() {
    return kind.use.formatted(name);
  }

  /** The class: {@code PowerSign} of {@code power-sign}. */
  String type() {
    return Arrays.stream(name.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** Whether a class of the name of this one is in the way: one of Java, or one that it uses. */
  boolean isTaken() {
    boolean used =
        Stream.of(own("Plugin"), own("Properties"), TEMPLATES + "Provider.java.txt")
            .flatMap(file -> USED.matcher(read(file)).results())
            .anyMatch(found -> found.group(1).equals(type()));
    return used || isOfJava(type());
  }

  private static boolean isOfJava(String type) {
    return Object.class.getResource(type + ".class") != null;
  }

  private String own(String file) {
    return TEMPLATES + kind + "/" + file + ".java.txt";
  }

  /** The template of each file. */
  private SequencedMap<String, String> files() {
    String path = "/java/" + packageName.replace('.', '/') + "/" + type();
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("README.md", TEMPLATES + "README.md");
    files.put("pom.xml", TEMPLATES + "pom.xml");
    files.put("src/main" + path + ".java", own("Plugin"));
    files.put("src/main" + path + "Provider.java", TEMPLATES + "Provider.java.txt");
    files.put(
        "src/main/resources/META-INF/services/" + PluginProvider.class.getName(),
        TEMPLATES + "services.txt");
    files.put("src/test" + path + "Properties.java", own("Properties"));
    files.put(
        "src/test/resources/junit-platform.properties", TEMPLATES + "junit-platform.properties");
    return files;
  }

  /**
   * Writes it.
   *
   * @param folder that is made, or is empty
   * @return the files, from there
   * @throws InputException if something lies there already, or it cannot be written
   */
  List<String> write(Path folder) {
    try {
      if (Files.exists(folder) && !isEmpty(folder)) {
        throw new InputException(
            "%s is there already, and nothing in it is overwritten; give another folder: --out"
                .formatted(folder));
      }
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, filled(read(file.getValue())));
      }
      return List.copyOf(files().keySet());
    } catch (IOException e) {
      throw new InputException("cannot write to %s: %s".formatted(folder, e), e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private String filled(String template) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                switch (found.group(1)) {
                  case "name" -> name;
                  case "Type" -> type();
                  case "package" -> packageName;
                  case "version" -> version;
                  case "use" -> use();
                  default -> throw new IllegalStateException(found.group());
                }));
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PluginProject.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
