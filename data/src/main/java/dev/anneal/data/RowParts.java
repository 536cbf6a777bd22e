package dev.anneal.data;

/**
 * Rows dealt out to three parts, each in its order.
 *
 * @param training those to train on, at least one
 * @param validation those to validate on; may be none
 * @param test those to test on; may be none
 */
@SuppressWarnings("ArrayRecordComponent") // a holder of rows: never compared
public record RowParts(int[] training, int[] validation, int[] test) {}
