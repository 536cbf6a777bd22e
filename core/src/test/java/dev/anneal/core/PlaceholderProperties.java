package dev.anneal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jdk.incubator.vector.FloatVector;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlaceholderProperties {
  @Property
  void aBroadcastLaneIsTheValue(@ForAll float value) {
    assertEquals(value, FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, value).lane(0));
  }
}
