package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of the public API has all that its users can see, and nothing else. */
class PublicApiLinesTest {
  @TempDir private Path folder;

  @Test
  void aClassHasWhatItsUsersAndHeirsSee() throws IOException {
    check(
        """
        p.Box  abstract class<T extends Comparable<T>> extends ArrayList<T> implements Runnable
            static final int MOST
            protected T[] items
            protected Box(int...)
            <A, B extends Set<? super A> & Runnable> Map<A, ?> both(B[], List<? extends A>)
            abstract int count()
            final void last() throws IOException
            @Nullable String may(int, @Nullable Object)
            static void work(Box<String>.Inner)

        p.Box.Inner  protected class
            Inner(Box)
        """,
        """
        package p;
        import java.util.*;
        import org.jspecify.annotations.Nullable;
        public abstract class Box<T extends Comparable<T>> extends ArrayList<T>
            implements Runnable {
          public static final int MOST = 5;
          protected T[] items;
          private int hidden;
          protected Box(int... sizes) {}
          Box(String name) {}
          public final void last() throws java.io.IOException {}
          public <A, B extends Set<? super A> & Runnable> Map<A, ?> both(
              B[] b, List<? extends A> a) { return null; }
          public @Nullable String may(int i, @Nullable Object o) { return null; }
          public abstract int count();
          public static void work(Box<String>.Inner inner) {}
          void hidden() {}
          @Override public String toString() { return ""; }
          protected class Inner { public Inner() {} }
          private class Hidden {}
        }
        """);
  }

  @Test
  void aRecordsFirstLineHasItsConstructorAndAccessors() throws IOException {
    check(
        """
        p.Pair  record<T>(T left, @Nullable String right, List<Pair.Side> sides)
            static final Pair<String> NONE
            Pair(T)
            int size()

        p.Pair.Side  enum {LEFT, RIGHT}
            Pair.Side other()
        """,
        """
        package p;
        import java.util.List;
        import org.jspecify.annotations.Nullable;
        public record Pair<T>(T left, @Nullable String right, List<Side> sides) {
          public static final Pair<String> NONE = new Pair<>("");
          public Pair { sides = List.copyOf(sides); }
          public Pair(T left) { this(left, null, List.of()); }
          @Override public T left() { return left; }
          public int size() { return 2; }
          public enum Side {
            LEFT { @Override public Side other() { return RIGHT; } },
            RIGHT { @Override public Side other() { return LEFT; } };
            public abstract Side other();
          }
        }
        """);
  }

  @Test
  void anInterfaceTellsWhatIsToBeWritten() throws IOException {
    check(
        """
        p.Shape  sealed interface extends Runnable
            double area()
            default boolean isEmpty()
            static Shape none()

        p.Shape.Mark  @interface
            String[] names() default
            int value()
        """,
        """
        package p;
        public sealed interface Shape extends Runnable {
          double area();
          default boolean isEmpty() { return area() == 0; }
          static Shape none() { return new Hidden(); }
          @interface Mark { int value(); String[] names() default {}; }
        }
        final class Hidden implements Shape {
          @Override public double area() { return 0; }
          @Override public void run() {}
        }
        """);
  }

  @Test
  void generatedBuildersAreLeftOut() throws IOException {
    check(
        """
        dev.anneal.api.plugin.PluginBuilder  class
            PluginBuilder()

        p.Built  record()
        """,
        "package dev.anneal.api.plugin; public class PluginBuilder {}",
        "package p; public class BuiltBuilder extends dev.anneal.api.plugin.PluginBuilder {}",
        """
        package p;
        public record Built() {
          public static final class Builder extends dev.anneal.api.plugin.PluginBuilder {}
        }
        """);
  }

  @Test
  void whatNeighboursAloneMayUseIsNamedAndNotListed() throws IOException {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("dev.anneal.made")
            .exports("p.open")
            .exports("p.some", Set.of("dev.anneal.nn", "dev.anneal.cli"))
            .packages(Set.of("p.kept"))
            .build();
    assertEquals(
        """
        module dev.anneal.made
            keeps p.kept
            exports p.open
            exports p.some to dev.anneal.cli, dev.anneal.nn

        p.open.Open  class
            Open()\
        """,
        lines(
            Optional.of(module),
            "package p.open; public class Open {}",
            "package p.some; public class Some {}",
            "package p.kept; public class Kept {}"));
  }

  private void check(String expected, String... sources) throws IOException {
    String lines = lines(Optional.empty(), sources) + "\n";
    assertEquals(expected, lines.substring(lines.indexOf("\n\n") + 2));
  }

  private String lines(Optional<ModuleDescriptor> module, String... sources) throws IOException {
    Room room = new Room("made", folder, module, Sources.compile(folder, sources));
    return String.join("\n", PublicApi.lines(room));
  }
}
