/**
 * The annotation processor that writes a builder for each plugin while it is compiled. Begin with
 * {@link dev.anneal.processor.PluginProcessor}; a {@code Declaration} is a record as the compiler
 * sees it, and {@code BuilderSource} is the text that is made of it. It knows the annotations of
 * plugins by their names only, since they are compiled after it, and nothing of it is there at run
 * time: what builders do is written once, in the class that they extend.
 */
package dev.anneal.processor;
