package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Schedule;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plugins at hand, by name. It reads specifications such as {@code
 * sgd(learning_rate=exponential(initial=0.5, rate=0.1) per epoch, momentum=0.9)} and writes them.
 *
 * <ul>
 *   <li>A plugin is its name, its parameters in parentheses, and {@code per epoch} or {@code per
 *       iteration} where it has a clock.
 *   <li>The first parameter may go without its name. Names match without regard to case, {@code -}
 *       and {@code _}.
 *   <li>A value is a number, a list in brackets ({@code [5ep, 10ep]}), a length of training ({@code
 *       5ep}, {@code 300it}, {@code 10%}; a bare number takes the unit stated with {@code per}), a
 *       word, a text in double quotes, or a plugin. A bare number in place of a schedule is a
 *       constant.
 * </ul>
 *
 * <p>A plugin or provider that is broken does not take the others down: it is listed in {@link
 * #problems}, and reported when its name is used. A catalogue is immutable.
 */
public final class Catalogue {
  // The service loader cannot promise to move past a broken provider; this ends a search that does
  // not.
  private static final int MOST_FAILURES = 100;

  /**
   * Methods of a record are linked at their first use, which takes 10 ms, and this one is used in
   * each start.
   */
  private record Key(String kind, String name) {
    @Override
    public int hashCode() {
      return 31 * kind.hashCode() + name.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && kind.equals(key.kind) && name.equals(key.name);
    }
  }

  /** What is found under a name. Methods and no patterns: a switch of those costs 20 ms to link. */
  private sealed interface Entry {
    /** The plugin in words; nothing where it cannot be used. */
    Optional<PluginDescription> description();

    /** The plugin to construct. */
    PluginType type(Spec spec);
  }

  /** A record, whose declaration is read when it is asked for: that of all takes 50 ms. */
  private record Declared(String kind, Class<? extends Record> record) implements Entry {
    private PluginType read() {
      PluginType read = PluginType.of(record);
      read.checkAccess();
      Literals.checkSupported(read);
      return read;
    }

    @Override
    public Optional<PluginDescription> description() {
      return problem().isEmpty() ? Optional.of(describe(kind, read())) : Optional.empty();
    }

    /** Why it cannot be used, if it cannot. */
    Optional<String> problem() {
      try {
        read();
        return Optional.empty();
      } catch (InputException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      } catch (RuntimeException | LinkageError e) {
        return Optional.of(record.getName() + " cannot be used: " + Messages.oneLine(e));
      }
    }

    @Override
    public PluginType type(Spec spec) {
      Optional<String> problem = problem();
      if (problem.isPresent()) {
        throw spec.error(problem.get());
      }
      return read();
    }
  }

  /** A constant of an enum. */
  private record Ready(Enum<?> constant, PluginDescription words) implements Entry {
    @Override
    public Optional<PluginDescription> description() {
      return Optional.of(words);
    }

    @Override
    public PluginType type(Spec spec) {
      throw spec.error(spec.head() + " takes no parameters");
    }
  }

  /** A name that two plugins have. */
  private record Contested(String reason) implements Entry {
    @Override
    public Optional<PluginDescription> description() {
      return Optional.empty();
    }

    @Override
    public PluginType type(Spec spec) {
      throw spec.error(reason);
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** In the order in which they were found. */
  private final List<Supplier<Optional<String>>> problems = new ArrayList<>();

  private Catalogue(List<PluginProvider> providers, List<String> problems) {
    problems.forEach(this::report);
    for (PluginProvider provider : providers) {
      try {
        provider.plugins().forEach(this::add);
        provider.constants().forEach(this::add);
      } catch (RuntimeException | LinkageError e) {
        report(
            "plugin provider " + provider.getClass().getName() + " failed: " + Messages.oneLine(e));
      }
    }
  }

  /**
   * Finds the plugins on the module path and the class path.
   *
   * @return a catalogue of all providers that {@link ServiceLoader} finds
   */
  public static Catalogue load() {
    return load(List.of(ServiceLoader.load(PluginProvider.class)));
  }

  /**
   * Finds the plugins of modules and of a class path that were opened while the program runs.
   *
   * @param layer the modules; those of its parents count too
   * @param classPath the class path; what its parents see counts too
   * @return a catalogue of all providers that {@link ServiceLoader} finds
   */
  public static Catalogue load(ModuleLayer layer, ClassLoader classPath) {
    return load(
        List.of(
            ServiceLoader.load(PluginProvider.class, classPath),
            ServiceLoader.load(layer, PluginProvider.class)));
  }

  private static Catalogue load(List<ServiceLoader<PluginProvider>> loaders) {
    Map<Class<?>, PluginProvider> providers = new LinkedHashMap<>();
    Set<String> problems = new LinkedHashSet<>();
    for (ServiceLoader<PluginProvider> loader : loaders) {
      Iterator<PluginProvider> found = loader.iterator();
      for (int failures = 0; failures < MOST_FAILURES; ) {
        try {
          if (!found.hasNext()) {
            break;
          }
          PluginProvider provider = found.next();
          providers.putIfAbsent(provider.getClass(), provider);
        } catch (ServiceConfigurationError | LinkageError e) {
          failures++;
          String cause = e.getCause() == null ? "" : ": " + e.getCause();
          problems.add("plugin provider not loaded: " + Messages.oneLine(e.getMessage() + cause));
        }
      }
    }
    return new Catalogue(List.copyOf(providers.values()), List.copyOf(problems));
  }

  /**
   * A catalogue of given providers.
   *
   * @param providers the providers
   * @return a catalogue of their plugins
   */
  public static Catalogue of(List<PluginProvider> providers) {
    return new Catalogue(providers, List.of());
  }

  /**
   * Reads a schedule.
   *
   * @param text its specification, or a number for a constant
   * @return the schedule
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public Schedule schedule(String text) {
    return parse(Schedule.class, text);
  }

  /**
   * Reads an optimizer.
   *
   * @param text its specification
   * @return the optimizer
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public Optimizer optimizer(String text) {
    return parse(Optimizer.class, text);
  }

  /**
   * Reads a plugin.
   *
   * @param <T> the kind of plugin
   * @param kind an interface with the annotation {@link PluginKind}
   * @param text the specification
   * @return the plugin
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public <T> T parse(Class<T> kind, String text) {
    return new Binder(() -> this).bind(kind, SpecParser.parse(text));
  }

  /**
   * Reads plugins.
   *
   * @param <T> the kind of plugin
   * @param kind an interface with the annotation {@link PluginKind}
   * @param text specifications separated by commas
   * @return the plugins
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public <T> List<T> parseList(Class<T> kind, String text) {
    Binder binder = new Binder(() -> this);
    return SpecParser.list(text).stream().map(each -> binder.bind(kind, each)).toList();
  }

  /**
   * Changes parameters of a plugin.
   *
   * @param <T> the kind of plugin
   * @param kind an interface with the annotation {@link PluginKind}
   * @param plugin a record with the annotation {@link Plugin}
   * @param changes such as {@code lr=0.1, momentum=0.9}, by name or alias
   * @return a copy
   * @throws InputException if the text cannot be read, or the plugin has no such parameter
   */
  public <T> T change(Class<T> kind, T plugin, String changes) {
    return new Binder(() -> this).change(kind, plugin, SpecParser.changes(changes));
  }

  /**
   * Writes a plugin with all its parameters; a constant is written as its number. The text reads
   * back as an equal plugin.
   *
   * @param plugin a record with the annotation {@link Plugin}
   * @return its specification
   * @throws InputException if it is no plugin, or holds something that is none
   */
  public static String print(Object plugin) {
    return SpecPrinter.print(plugin);
  }

  /**
   * A plugin in words, for people.
   *
   * @param plugin a schedule or an optimizer
   * @return its specification; what it says of itself where it has none, such as a lambda
   */
  public static String describe(Object plugin) {
    return PluginType.of(plugin).isPresent() ? print(plugin) : plugin.toString();
  }

  /**
   * Writes a plugin but for one parameter, which stands elsewhere; plugins of its kind within it
   * are written without it too.
   *
   * @param plugin a record with the annotation {@link Plugin}
   * @param parameter the name of the parameter to leave out
   * @return its specification without it
   * @throws InputException if it is no plugin, or holds something that is none
   */
  public static String printWithout(Record plugin, String parameter) {
    return SpecPrinter.plugin(plugin, parameter);
  }

  /**
   * The plugins that can be used.
   *
   * @return their descriptions, in the order in which they were found
   */
  public List<PluginDescription> plugins() {
    return entries.values().stream().flatMap(entry -> entry.description().stream()).toList();
  }

  /**
   * Whether there is a plugin to use.
   *
   * @param kind an interface with the annotation {@link PluginKind}
   * @param name its name
   * @return whether it was found, and is not broken
   */
  public boolean has(Class<?> kind, String name) {
    Entry entry = entries.get(key(kind, name));
    return entry != null && entry.description().isPresent();
  }

  /**
   * What was found and cannot be used.
   *
   * @return a line for each plugin or provider, naming it and the reason
   */
  public List<String> problems() {
    return problems.stream().flatMap(problem -> problem.get().stream()).toList();
  }

  /** The constant of a name, if it is that of one. */
  Optional<Enum<?>> constant(Class<?> contract, Spec spec) {
    if (!(entries.get(key(contract, spec.head())) instanceof Ready ready)) {
      return Optional.empty();
    }
    if (!spec.isAtom()) {
      throw spec.error(spec.head() + " takes no parameters");
    }
    return Optional.of(ready.constant);
  }

  private static Key key(Class<?> contract, String name) {
    String kind =
        PluginType.kindOf(contract)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    contract.getName()
                        + " is no kind of plugin: it has no @PluginKind annotation"));
    return new Key(kind, PluginType.key(name));
  }

  PluginType find(Class<?> contract, Spec spec) {
    Key key = key(contract, spec.head());
    Entry entry = entries.get(key);
    if (entry == null) {
      throw spec.error(unknown(key.kind, spec.head()));
    }
    return entry.type(spec);
  }

  private String unknown(String kind, String name) {
    List<String> known =
        plugins().stream()
            .filter(plugin -> plugin.kind().equals(kind))
            .map(PluginDescription::name)
            .toList();
    String others =
        entries.keySet().stream()
            .filter(key -> key.name.equals(PluginType.key(name)))
            .map(key -> ", but " + withArticle(key.kind) + " is")
            .collect(Collectors.joining());
    List<String> broken = problems();
    String failed = broken.isEmpty() ? "" : "; not loaded: " + String.join("; ", broken);
    return "no %s is named \"%s\"%s%s; known: %s%s"
        .formatted(
            kind,
            Messages.brief(name),
            others,
            Messages.didYouMean(name, known),
            Messages.list(known),
            failed);
  }

  private void report(String problem) {
    problems.add(() -> Optional.of(problem));
  }

  private void add(Class<? extends Record> type) {
    Optional<String> found = PluginType.kindOf(type);
    if (found.isEmpty()) {
      report(type.getName() + " implements no kind of plugin");
      return;
    }
    String kind = found.get();
    Declared declared = new Declared(kind, type);
    Plugin plugin = type.getAnnotation(Plugin.class);
    if (plugin == null) {
      problems.add(declared::problem);
      return;
    }
    Key key = new Key(kind, PluginType.key(plugin.name()));
    Entry earlier = entries.get(key);
    if (earlier == null || earlier instanceof Ready) {
      entries.put(key, declared);
      problems.add(declared::problem);
    } else if (earlier instanceof Declared other
        && other.record != type
        && other.problem().isEmpty()) {
      // Which of the two wins would depend on the order of a path, so none does.
      Contested contested =
          new Contested(
              "two %ss are named \"%s\": %s of %s and %s of %s; remove one"
                  .formatted(
                      kind,
                      plugin.name(),
                      other.record.getName(),
                      origin(other.record),
                      type.getName(),
                      origin(type)));
      entries.put(key, contested);
      report(contested.reason);
    }
  }

  private void add(Enum<?> constant) {
    Class<?> type = constant.getDeclaringClass();
    Optional<String> kind = PluginType.kindOf(type);
    Optional<Plugin> plugin = PluginType.pluginOf(constant);
    if (kind.isEmpty() || plugin.isEmpty()) {
      report(
          "%s.%s is no plugin: %s"
              .formatted(
                  type.getName(),
                  constant.name(),
                  kind.isEmpty()
                      ? "it implements no kind of plugin"
                      : "it has no @Plugin annotation"));
      return;
    }
    Plugin found = plugin.get();
    PluginDescription description =
        new PluginDescription(
            kind.get(),
            found.name(),
            found.summary(),
            found.source(),
            false,
            List.of(),
            origin(type));
    entries.putIfAbsent(
        new Key(kind.get(), PluginType.key(found.name())), new Ready(constant, description));
  }

  private static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  private static PluginDescription describe(String kind, PluginType type) {
    List<ParameterDescription> parameters =
        type.parameters().stream()
            .map(parameter ->
                new ParameterDescription(
                    parameter.name(),
                    parameter.param().alias(),
                    Literals.describe(parameter),
                    parameter.param().byDefault(),
                    parameter.range().text(),
                    parameter.param().value()))
            .toList();
    return new PluginDescription(
        kind,
        type.name(),
        type.plugin().summary(),
        type.plugin().source(),
        type.hasPer(),
        parameters,
        origin(type.type()));
  }

  /** The jar, or the folder of classes, and the module if it is in one. */
  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String path =
        source == null || source.getLocation() == null ? "" : source.getLocation().getPath();
    String place = path.endsWith("/") ? path : path.substring(path.lastIndexOf('/') + 1);
    return type.getModule().isNamed()
        ? "%s, module %s".formatted(place, type.getModule().getDescriptor().toNameAndVersion())
        : place;
  }
}
