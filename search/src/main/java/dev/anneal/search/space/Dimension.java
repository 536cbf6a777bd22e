package dev.anneal.search.space;

/**
 * A value that is not chosen yet.
 *
 * @param name what people call it, such as {@code initial} or {@code dense 2}
 * @param range what it may be
 */
public record Dimension(String name, Range range) {}
