/**
 * What the JDK's flight recorder shows of training: begin at {@link
 * dev.anneal.nn.flight.FlightRecorder}. Matrix products that take long have an event in the engine.
 */
package dev.anneal.nn.flight;
