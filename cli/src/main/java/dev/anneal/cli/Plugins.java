package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.interop.Translators;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A folder of jars with plugins, and with what those need. Its modules go into a layer of their
 * own, its other jars onto a class path of their own; both see what the command came with.
 */
final class Plugins {
  private static final String SERVICE = "META-INF/services/" + PluginProvider.class.getName();
  private static final String LOADER = "plugins";

  /** Those that came with the command. */
  static final Plugins BUILT_IN = new Plugins(ModuleLayer.boot(), Plugins.class.getClassLoader());

  private final ModuleLayer layer;
  private final ClassLoader classPath;

  private Plugins(ModuleLayer layer, ClassLoader classPath) {
    this.layer = layer;
    this.classPath = classPath;
  }

  Catalogue catalogue() {
    return Catalogue.load(layer, classPath);
  }

  Translators translators() {
    return Translators.load(layer, classPath);
  }

  /**
   * The plugins that came with the command, and those of a folder. Their classes are loaded as long
   * as the process lives, so nothing is closed.
   *
   * @param folder with at least one jar that provides plugins
   * @throws InputException if there is no such folder, or a jar or module in it cannot be opened
   */
  static Plugins open(Path folder) {
    Map<String, Path> modules = new LinkedHashMap<>();
    List<Path> others = new ArrayList<>();
    boolean provided = false;
    for (Path path : jars(folder)) {
      try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
        if (jar.getEntry("module-info.class") == null) {
          others.add(path);
          provided |= jar.getEntry(SERVICE) != null;
        } else {
          ModuleDescriptor module = ModuleFinder.of(path).findAll().iterator().next().descriptor();
          Path other = modules.put(module.name(), path);
          if (other != null) {
            throw new InputException(
                "--plugins: %s and %s in %s hold the same module %s"
                    .formatted(other.getFileName(), path.getFileName(), folder, module.name()));
          }
          provided |= providesPlugins(module);
        }
      } catch (IOException | FindException e) {
        throw new InputException("--plugins: cannot read " + path + ": " + e.getMessage(), e);
      }
    }
    if (!provided) {
      throw new InputException(
          "--plugins: no jar in %s provides plugins, neither in %s nor in a module-info"
              .formatted(folder, SERVICE));
    }
    return new Plugins(layer(modules.values()), classPath(others));
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("--plugins: there is no folder " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new InputException("--plugins: no jar lies in " + folder);
      }
      return jars;
    } catch (IOException e) {
      throw new InputException("--plugins: cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean providesPlugins(ModuleDescriptor module) {
    return module.provides().stream()
        .anyMatch(each -> each.service().equals(PluginProvider.class.getName()));
  }

  /** The modules that provide plugins, and with them what they need. */
  private static ModuleLayer layer(Collection<Path> modules) {
    ModuleLayer boot = ModuleLayer.boot();
    try {
      ModuleFinder finder = ModuleFinder.of(modules.toArray(Path[]::new));
      Set<String> providers =
          finder.findAll().stream()
              .map(ModuleReference::descriptor)
              .filter(Plugins::providesPlugins)
              .map(ModuleDescriptor::name)
              .collect(Collectors.toSet());
      Configuration resolved = boot.configuration().resolve(finder, ModuleFinder.of(), providers);
      return boot.defineModulesWithOneLoader(resolved, Plugins.class.getClassLoader());
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new InputException("--plugins: " + e.getMessage(), e);
    }
  }

  private static ClassLoader classPath(List<Path> jars) {
    try {
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
      return new URLClassLoader(LOADER, urls, Plugins.class.getClassLoader());
    } catch (IOException e) {
      throw new InputException("--plugins: " + e.getMessage(), e);
    }
  }

  /**
   * The class of a folder's jar in which something failed.
   *
   * @param error what was thrown
   * @return its name; nothing where the failure is not a plugin's
   */
  static Optional<String> culprit(Throwable error) {
    Optional<String> own =
        Arrays.stream(error.getStackTrace())
            .filter(frame -> {
              String module = frame.getModuleName();
              return LOADER.equals(frame.getClassLoaderName())
                  || (module != null && ModuleLayer.boot().findModule(module).isEmpty());
            })
            .map(StackTraceElement::getClassName)
            .findFirst();
    Throwable cause = error.getCause();
    return own.isPresent() || cause == null ? own : culprit(cause);
  }
}
