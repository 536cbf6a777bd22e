package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClauseTest {
  private static List<Clause> read(String text) {
    return Clause.read(text, Set.of("until", "when"));
  }

  @Test
  void splitsATextAsItIsWritten() {
    assertEquals(
        List.of(
            new Clause(Optional.empty(), "a(1, b=\"; c: d\") per epoch", false, Map.of()),
            new Clause(Optional.of("x.*"), "still", false, Map.of("until", "3ep")),
            new Clause(
                Optional.of("y: ;"), "b=1, c=[2, 3]", true, Map.of("when", "s(1) per epoch")),
            new Clause(Optional.of("z-1?"), "", false, Map.of("when", "2", "until", "x"))),
        read(
            "a(1, b=\"; c: d\") per epoch; x.* : still until 3ep;\"y: ;\":b=1, c=[2, 3] when = s(1)"
                + " per epoch ; z-1?:when=2 until=x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b        | expected ";" or the end instead of "b" (column 3 of "a b")
          a;         | expected a name or a value instead of the end (column 3 of "a;")
          a; :b      | expected a name or a pattern before ":" (column 4 of "a; :b")
          x: b=1, 2  | this needs a name; write name=value (column 9 of "x: b=1, 2")
          x: b=1, c= | expected a name or a value instead of the end (column 11 of "x: b=1, c=")
          x: a until | expected a name or a value instead of the end (column 11 of "x: a until")
          x: a(1     | this parenthesis is never closed (column 5 of "x: a(1")
          x: a when 1 when 2 | "when" is given twice (column 13 of "x: a when 1 when 2")
          """)
  void saysWhereItCannotBeRead(String text, String message) {
    assertEquals(message, assertThrows(InputException.class, () -> read(text)).getMessage());
  }

  @Property
  void aSubjectReadsBack(@ForAll @NotBlank String subject) {
    assertEquals(
        List.of(new Clause(Optional.of(subject), "a", false, Map.of())),
        read(Clause.quote(subject) + ": a"));
  }
}
