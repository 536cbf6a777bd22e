package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cycles are seen, whatever closes them. */
class PackageGraphTest {
  private static final String LOWER =
      """
      package p.lower;
      public interface Lower {}
      """;
  private static final String UPPER =
      """
      package p.upper;
      public record Upper(p.lower.Lower lower) {}
      """;

  @TempDir private Path folder;

  @Test
  void arrowsDownAreNoCycle() throws IOException {
    PackageGraph graph = compiled(LOWER, UPPER, "package p.lower; class Other { Lower lower; }");
    assertEquals(List.of(), graph.cycle());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Other { p.upper.Upper field; }",
        "class Other { p.upper.Upper[][] field; }",
        "class Other { java.util.List<? extends p.upper.Upper> field; }",
        "class Other extends java.util.ArrayList<p.upper.Upper> {}",
        "class Other { <T extends p.upper.Upper> void method() {} }",
        "class Other { void method() throws p.upper.Failure {} }",
        "class Other { Object method() { return new p.upper.Upper(null); } }",
        "class Other { Object method() { return new p.upper.Upper[1]; } }",
        "class Other { Object method() { return p.upper.Upper.class; } }",
        "class Other { boolean method(Object o) { return o instanceof p.upper.Upper; } }",
        "class Other { int method(Object o) { return switch (o) { case p.upper.Upper u -> 1;"
            + " default -> 2; }; } }",
        "class Other { Runnable method() { return p.upper.Actions::act; } }",
        "class Other { @p.upper.Mark void method() {} }",
      })
  void anyWayBackIsOne(String body) throws IOException {
    PackageGraph graph =
        compiled(
            LOWER,
            UPPER,
            "package p.upper; public class Failure extends Exception {}",
            "package p.upper; public class Actions { public static void act() {} }",
            "package p.upper; public @interface Mark {}",
            "package p.lower; @SuppressWarnings(\"all\") " + body);
    assertEquals(
        List.of("p.lower -> p.upper", "p.upper -> p.lower"),
        graph.cycle().stream().map(line -> line.substring(0, line.indexOf(':'))).toList(),
        body);
  }

  @Test
  void longWaysRoundAreOneAndAreTold() throws IOException {
    PackageGraph graph =
        compiled(
            "package p.a; public class A { p.b.B next; }",
            "package p.b; public class B { p.c.C next; }",
            "package p.c; public class C { p.d.D down; p.a.A back; }",
            "package p.d; public class D {}");
    assertEquals(
        List.of(
            "p.a -> p.b: p.a.A names p.b.B",
            "p.b -> p.c: p.b.B names p.c.C",
            "p.c -> p.a: p.c.C names p.a.A"),
        graph.cycle());
  }

  private PackageGraph compiled(String... sources) throws IOException {
    return PackageGraph.of(Sources.compile(folder, sources).stream());
  }
}
