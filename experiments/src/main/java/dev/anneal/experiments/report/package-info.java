/** A comparison of runs told to people and to programs: as a page, as text, as tables, in words. */
package dev.anneal.experiments.report;
