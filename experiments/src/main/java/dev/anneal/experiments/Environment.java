package dev.anneal.experiments;

/**
 * Where runs were made. It explains their speed; their results do not depend on it, save for the
 * version.
 *
 * @param cpu the processor
 * @param jdk the Java runtime
 * @param threads how many threads trained
 * @param version the version of Anneal
 */
public record Environment(String cpu, String jdk, int threads, String version) {}
