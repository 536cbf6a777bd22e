package dev.anneal.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.JqwikException;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The laws of a kind of plugin as a test, one law after the other, in the order that explains: what
 * a broken law says already is not said again by those that need it, which are skipped. Plugins and
 * runs are drawn; where a law is broken, they are shrunk to the simplest that break it too.
 *
 * @param <P> the kind of plugin
 */
public abstract sealed class Conformance<P> permits ScheduleConformance, OptimizerConformance {
  /** Where the drawing starts: what a failure prints replays it. */
  private static final String SEED = "anneal.laws.seed";

  /** How many simpler ones are tried for a failure. */
  private static final int MOST_SHRINKS = 2000;

  private static final long SHRINKING_NANOS = 10_000_000_000L;

  private final long seed =
      Optional.ofNullable(Long.getLong(SEED)).orElseGet(() -> new Random().nextLong());

  Conformance() {}

  /** A law with the plugins that it is held against. */
  record Held<P>(Law<P> law, Arbitrary<? extends P> plugins) {}

  /** What is drawn for a try. */
  private record Drawn<P>(P plugin, RandomRun run, long seed) {}

  /** What breaks a law, what is wrong with it, and when that was first asked. */
  private record Failure<P>(Shrinkable<Drawn<P>> drawn, AssertionError error, long asked) {
    static <P> Optional<Failure<P>> of(Law<P> law, Shrinkable<Drawn<P>> drawn) {
      Drawn<P> values = drawn.value();
      long asked = System.nanoTime();
      try {
        law.check(values.plugin, values.run, new Random(values.seed));
        return Optional.empty();
      } catch (AssertionError e) {
        return Optional.of(new Failure<>(drawn, e, asked));
      }
    }

    /** The simplest that breaks the law too: this one, where to ask takes long. */
    Failure<P> simplest(Law<P> law) {
      int[] left = {MOST_SHRINKS};
      Failure<P> simplest = this;
      Optional<Failure<P>> simpler = Optional.of(this);
      while (simpler.isPresent()) {
        simplest = simpler.get();
        simpler =
            simplest
                .drawn
                .shrink()
                .takeWhile(_ -> left[0]-- > 0 && System.nanoTime() - asked < SHRINKING_NANOS)
                .flatMap(each -> of(law, each).stream())
                .findFirst();
      }
      return simplest;
    }
  }

  /** All laws in their order. */
  abstract Stream<Held<P>> held();

  /**
   * The laws, for JUnit.
   *
   * @return a test for each law
   */
  @TestFactory
  public final Stream<DynamicTest> laws() {
    return tests((name, test) -> DynamicTest.dynamicTest("law " + name, test::run));
  }

  /**
   * Checks all laws.
   *
   * @throws AssertionError with all that is broken, in the order of the laws
   */
  public final void check() {
    List<AssertionError> failures =
        tests((_, test) -> failure(test)).flatMap(Optional::stream).toList();
    if (!failures.isEmpty()) {
      AssertionError all =
          new AssertionError(
              failures.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
      failures.forEach(all::addSuppressed);
      throw all;
    }
  }

  private static Optional<AssertionError> failure(Runnable test) {
    try {
      test.run();
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    } catch (TestAbortedException e) {
      return Optional.empty(); // another law says why
    }
  }

  private interface Named<T> {
    T test(String law, Runnable test);
  }

  private <T> Stream<T> tests(Named<T> named) {
    Map<String, String> broken = new LinkedHashMap<>();
    return held().map(each -> named.test(each.law.name(), () -> hold(each, broken)));
  }

  /** Fails where the law is broken; is skipped where that follows from what has failed. */
  private void hold(Held<P> held, Map<String, String> broken) {
    Law<P> law = held.law;
    law.needs().stream()
        .map(broken::get)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .ifPresent(cause -> {
          broken.put(law.name(), cause);
          throw new TestAbortedException("law %s is skipped: %s".formatted(law.name(), cause));
        });
    AtomicReference<Optional<AssertionError>> failure = new AtomicReference<>(Optional.empty());
    if (isWithinJqwik()) {
      failure.set(failure(held));
    } else {
      JqwikSession.run(() -> failure.set(failure(held)));
    }
    failure
        .get()
        .ifPresent(error -> {
          broken.put(law.name(), "law " + law.name() + " is broken");
          throw error;
        });
  }

  /** A property may check all laws of something; there is no session within a property. */
  private static boolean isWithinJqwik() {
    try {
      Store.getOrCreate(Conformance.class, Lifespan.RUN, () -> true);
      return true;
    } catch (JqwikException e) {
      return false;
    }
  }

  private Optional<AssertionError> failure(Held<P> held) {
    Law<P> law = held.law;
    RandomGenerator<Drawn<P>> draws =
        Combinators.combine(held.plugins, law.runs(), Arbitraries.longs().dontShrink())
            .as((plugin, run, random) -> new Drawn<P>(plugin, run, random))
            .generator(law.tries(), false);
    Random random = new Random(seed ^ law.name().hashCode());
    return Stream.generate(() -> draws.next(random))
        .limit(law.tries())
        .flatMap(each -> Failure.of(law, each).stream())
        .findFirst()
        .map(found -> found.simplest(law).error)
        .map(error ->
            new AssertionError(
                "%s (drawn with -D%s=%d)".formatted(error.getMessage(), SEED, seed), error));
  }
}
