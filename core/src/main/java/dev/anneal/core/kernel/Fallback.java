package dev.anneal.core.kernel;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Why scalar code computes where vector code could. The bits are the same, but it is many times
 * slower, so whoever did not ask for it is warned, once in a process.
 */
public enum Fallback {
  /** It was asked for. */
  CHOSEN(Level.DEBUG, "anneal.vector.bits is 0"),

  /** Java was started without the module. */
  NO_MODULE(
      Level.WARNING,
      "the Vector API is absent; start Java with --add-modules jdk.incubator.vector, or give the"
          + " program's jar \"Add-Exports: java.base/jdk.internal.module\" in its manifest"),

  /** Vector code would be interpreted, or nearly so, for ever. */
  NO_COMPILER(
      Level.WARNING,
      "this JVM runs without its optimizing compiler (C2); start Java without -Xint and"
          + " -XX:TieredStopAtLevel"),

  /** A vector would have less than four floats. */
  NO_VECTORS(
      Level.WARNING,
      "this JVM uses no vectors of 128 bits or more; start Java without -XX:MaxVectorSize, or on"
          + " another processor"),

  /** A kernel's vector code was given up. */
  NOT_COMPILED(
      Level.WARNING,
      "this JVM has not compiled a kernel's vector code; that takes HotSpot with C2 (no"
          + " -XX:TieredStopAtLevel), fused multiply-adds (no -XX:-UseFMA), and no more"
          + " anneal.vector.bits than the processor has");

  /** The name of the engine's logger. */
  public static final String LOGGER = "dev.anneal.core";

  private static final Set<Fallback> TOLD = ConcurrentHashMap.newKeySet();

  private final Level level;
  private final String reason;

  Fallback(Level level, String reason) {
    this.level = level;
    this.reason = reason;
  }

  /**
   * Why, and what to do about it.
   *
   * @return a text without a full stop
   */
  public String reason() {
    return reason;
  }

  /** Logs it, the first time in a process. */
  public void tell() {
    tell(null);
  }

  /**
   * Logs it likewise.
   *
   * @param cause what went wrong
   */
  public void tell(@Nullable Throwable cause) {
    if (TOLD.add(this)) {
      System.getLogger(LOGGER).log(level, "scalar code computes: " + reason, cause);
    }
  }

  /**
   * What has been told so far.
   *
   * @return the first in the order of their declaration; empty if there is none
   */
  public static Optional<Fallback> first() {
    return Arrays.stream(values()).filter(TOLD::contains).findFirst();
  }
}
