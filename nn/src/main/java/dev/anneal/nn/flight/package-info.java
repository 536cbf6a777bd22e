/**
 * What the JDK's flight recorder shows of training: begin at {@link
 * dev.anneal.nn.flight.FlightRecorder}. It knows nothing of models or files and is told by those
 * that train and write. Matrix products that take long have an event of their own in the engine.
 */
package dev.anneal.nn.flight;
