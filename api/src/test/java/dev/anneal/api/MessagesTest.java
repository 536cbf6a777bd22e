package dev.anneal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final List<String> KNOWN = List.of("constant", "exponential", "time-based");

  @Test
  void theNearestNameIsOffered() {
    assertEquals(" (did you mean \"exponential\"?)", Messages.didYouMean("exponental", KNOWN));
    assertEquals(" (did you mean \"exponential\"?)", Messages.didYouMean("EXPO_nentail", KNOWN));
    assertEquals(" (did you mean \"time-based\"?)", Messages.didYouMean("timebase", KNOWN));
  }

  @Test
  void nothingIsOfferedWhereNothingIsNear() {
    assertEquals("", Messages.didYouMean("cosine", KNOWN));
    assertEquals("", Messages.didYouMean("x", List.of()));
  }

  @Test
  void aDistanceCountsLettersAndSwaps() {
    assertEquals(0, Messages.distance("rate", "rate"));
    assertEquals(1, Messages.distance("rate", "rat"));
    assertEquals(1, Messages.distance("rate", "raet"));
    assertEquals(2, Messages.distance("rate", "date2"));
    assertEquals(4, Messages.distance("", "rate"));
  }

  @Test
  void aTextThatIsNoNameIsNotComparedLetterByLetter() {
    String text = "a".repeat(1_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals("", Messages.didYouMean(text, Collections.nCopies(1000, "rate"))));
  }

  @Test
  void nothingInALineCommandsATerminal() {
    assertEquals("a b c d e f é", Messages.oneLine("a\nb\u001bc\u009bd\u0085e\u2028f é"));
  }

  @Test
  void aLongTextIsQuotedInPart() {
    assertEquals("a b", Messages.brief("a\nb"));
    assertEquals("a".repeat(100) + "...", Messages.brief("a".repeat(101)));
  }

  @Test
  void listsReadAsASentence() {
    assertEquals("a", Messages.list(List.of("a"), "or"));
    assertEquals("a, b or c", Messages.list(List.of("a", "b", "c"), "or"));
    assertEquals("none", Messages.list(List.of()));
  }
}
