package dev.anneal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("constant", "exponential", "time-based");

  @Test
  void theNearestNameIsOffered() {
    assertEquals(" (did you mean \"exponential\"?)", Suggestions.didYouMean("exponental", KNOWN));
    assertEquals(" (did you mean \"exponential\"?)", Suggestions.didYouMean("EXPO_nentail", KNOWN));
    assertEquals(" (did you mean \"time-based\"?)", Suggestions.didYouMean("timebase", KNOWN));
  }

  @Test
  void nothingIsOfferedWhereNothingIsNear() {
    assertEquals("", Suggestions.didYouMean("cosine", KNOWN));
    assertEquals("", Suggestions.didYouMean("x", List.of()));
  }

  @Test
  void aDistanceCountsLettersAndSwaps() {
    assertEquals(0, Suggestions.distance("rate", "rate"));
    assertEquals(1, Suggestions.distance("rate", "rat"));
    assertEquals(1, Suggestions.distance("rate", "raet"));
    assertEquals(2, Suggestions.distance("rate", "date2"));
    assertEquals(4, Suggestions.distance("", "rate"));
  }

  @Test
  void listsReadAsASentence() {
    assertEquals("a", Suggestions.list(List.of("a"), "or"));
    assertEquals("a, b or c", Suggestions.list(List.of("a", "b", "c"), "or"));
    assertEquals("none", Suggestions.list(List.of()));
  }
}
