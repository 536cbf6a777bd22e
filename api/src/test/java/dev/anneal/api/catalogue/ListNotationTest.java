package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListNotationTest {
  @Plugin(name = "table", summary = "values at times")
  public record Table(
      @Param(value = "numbers", range = "[0, inf)") List<Double> values,
      @Param(value = "times", byDefault = "[1ep, 2]") List<Duration> at,
      Unit per)
      implements Schedule {
    public Table {
      values = List.copyOf(values);
      at = List.copyOf(at);
    }

    @Override
    public double at(Progress progress) {
      return values.size();
    }
  }

  private final Catalogue catalogue =
      Catalogue.of(List.of(() -> List.of(Table.class, Sequence.class, Product.class, Sum.class)));

  @Test
  void listsAreReadInBrackets() {
    Schedule one = new Constant(1);
    assertEquals(
        new Table(List.of(1.0, 0.5), List.of(Duration.epochs(3), Duration.percent(10)), Unit.EPOCH),
        catalogue.schedule("table([1, .5], at=[3, 10%]) per epoch"));
    assertEquals(
        new Table(
            List.of(1.0), List.of(Duration.epochs(1), Duration.iterations(2)), Unit.ITERATION),
        catalogue.schedule("table([1]) per iteration"));
    assertEquals(
        new Table(List.of(), List.of(), Unit.ITERATION),
        catalogue.schedule(" table ( values = [ ] , at=[]) per iteration"));
    assertEquals(
        new Sequence(
            List.of(one, new Sum(List.of(one, new Product(List.of(one))))),
            List.of(Duration.percent(50))),
        catalogue.schedule("sequence([1, sum([1, product([1])])], boundaries=[50%])"));
    assertEquals(new Sequence(List.of(one), List.of()), catalogue.schedule("sequence([1])"));
  }

  @Test
  void listsArePrintedInOneWay() {
    String text = "table(values=[1, 0.5], at=[3ep, 10%]) per epoch";
    assertEquals(text, Catalogue.print(catalogue.schedule(text)));
    assertEquals("sequence(schedules=[1], boundaries=[])", print("sequence([ 1 ])"));
    assertEquals("sum(schedules=[product(schedules=[1, 2]), 3])", print("sum([product([1,2]),3])"));
  }

  private String print(String text) {
    return Catalogue.print(catalogue.schedule(text));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(
      @ForAll @Size(max = 6) List<@Scale(12) @DoubleRange(max = 1e300) Double> values,
      @ForAll @Size(max = 6) List<@Scale(3) @DoubleRange(max = 1e6) Double> amounts,
      @ForAll Duration.Measure measure,
      @ForAll Unit per,
      @ForAll @IntRange(max = 5) int depth) {
    List<Duration> at = amounts.stream().map(amount -> new Duration(amount, measure)).toList();
    Schedule schedule = new Table(values, at, per);
    for (int i = 0; i < depth; i++) {
      schedule = new Sum(List.of(new Constant(i), schedule, new Product(List.of(schedule))));
    }
    assertEquals(schedule, catalogue.schedule(Catalogue.print(schedule)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sum([1, 2 | this bracket is never closed (column 5 of \"sum([1, 2\")",
        "sum([ | expected a name or a value instead of the end (column 6 of \"sum([\")",
        "sum([1, | expected a name or a value instead of the end (column 8 of \"sum([1,\")",
        "sum([1) | expected \",\" or \"]\" instead of \")\" (column 7 of \"sum([1)\")",
        "sum([1 2]) | expected \",\" or \"]\" instead of \"2\" (column 8 of \"sum([1 2])\")",
        "sum([1,]) | expected a name or a value instead of \"]\" (column 8 of \"sum([1,])\")",
        "sum(1]) | expected \",\" or \")\" instead of \"]\" (column 6 of \"sum(1])\")",
        "sum([1])] | \"]\" is not expected after the end of a specification (column 9 of"
            + " \"sum([1])]\")",
        "[1] | one schedule goes here, not a list (column 1 of \"[1]\")",
        "sum([[1]]) | one schedule goes here, not a list (column 6 of \"sum([[1]])\")",
        "sum(1) | schedules is a list of schedules in brackets, not \"1\" (column 5 of"
            + " \"sum(1)\")",
        "sum(table([1]) per epoch) | schedules is a list of schedules in brackets, not"
            + " \"table(...)\" (column 5 of \"sum(table([1]) per epoch)\")",
        "sum([1, tabel([1])]) | no schedule is named \"tabel\" (did you mean \"table\"?); known:"
            + " table, sequence, product, sum (column 9 of \"sum([1, tabel([1])])\")",
        "sum([x=1]) | expected \",\" or \"]\" instead of \"=\" (column 7 of \"sum([x=1])\")",
        "table([1, x]) per epoch | values is a list of numbers in brackets, not \"x\" (column 11"
            + " of \"table([1, x]) per epoch\")",
        "table([1, [2]]) per epoch | values is a list of numbers in brackets, not \"[...]\""
            + " (column 11 of \"table([1, [2]]) per epoch\")",
        "table(1) per epoch | values is a list of numbers in brackets, not \"1\" (column 7 of"
            + " \"table(1) per epoch\")",
        "table([1], at=3ep) per epoch | at is a list of lengths of training in brackets, not"
            + " \"3ep\" (column 15 of \"table([1], at=3ep) per epoch\")",
        "table([1], at=[3 h]) per epoch | expected \",\" or \"]\" instead of \"h\" (column 18 of"
            + " \"table([1], at=[3 h]) per epoch\")",
        "table([1], at=[3h]) per epoch | at is a list of lengths of training in brackets, not"
            + " \"3h\" (column 16 of \"table([1], at=[3h]) per epoch\")",
        "table([1, -1]) per epoch | table: values must be in [0, inf), not -1",
        "sum([]) | sum: schedules must hold at least one",
      })
  void aMistakeGetsOneClearLine(String text, String message) {
    var error = assertThrows(InputException.class, () -> catalogue.schedule(text));
    assertEquals(message, error.getMessage());
  }

  @Test
  void aListWhereOneValueIsMeant() {
    Catalogue plugins = TestPlugins.catalogue();
    var error =
        assertThrows(
            InputException.class, () -> plugins.schedule("falling([1], rate=2) per epoch"));
    assertEquals(
        "initial is a number, not \"[...]\" (column 9 of \"falling([1], rate=2) per epoch\")",
        error.getMessage());
  }

  @Test
  void listsNestNoDeeperThanTheStackHolds() {
    String deep = "[".repeat(10_000);
    var error = assertThrows(InputException.class, () -> catalogue.schedule("sum(" + deep));
    assertEquals(
        true, String.valueOf(error.getMessage()).startsWith("specifications nest at most 50 deep"));
  }
}
