package dev.anneal.core.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The module of the Vector API: an incubator, which the JVM leaves out unless it is asked for. */
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  /** Where the JDK has what loads its own modules late, as it does for its agents. */
  private static final String LOADING = "jdk.internal.module";

  private VectorModule() {}

  /**
   * Whether the Vector API can be used. A JVM that started without it loads it here, if it lets
   * this library do so: with {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED}, or
   * with {@code Add-Exports: java.base/jdk.internal.module} in the manifest of the program's jar.
   * Unlike a module that is there from the start, one loaded late leaves the JVM its archive of
   * linked classes, and prints no warning.
   *
   * @return whether it is there now
   */
  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(NAME).isPresent() || (isAllowed() && load());
  }

  private static boolean isAllowed() {
    return Object.class.getModule().isExported(LOADING, VectorModule.class.getModule());
  }

  private static boolean load() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Module loaded =
          (Module)
              lookup
                  .findStatic(
                      lookup.findClass(LOADING + ".Modules"),
                      "loadModule",
                      MethodType.methodType(Module.class, String.class))
                  .invokeExact(NAME);
      return loaded.isNamed();
    } catch (Throwable absent) { // from the image, or the method from this JDK
      return false;
    }
  }
}
