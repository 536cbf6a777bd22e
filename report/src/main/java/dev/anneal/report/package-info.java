/**
 * Comparisons of runs, and schedules before a run, told to people and to programs. Begin with
 * {@link dev.anneal.report.HtmlReport}, the page of a comparison, or {@link
 * dev.anneal.report.SchedulePage}; the others tell the same as a picture, as text, as tables, as
 * JSON, and {@link dev.anneal.report.Conclusion} in words. Only what is known already is shown
 * here: nothing is trained, sampled or judged.
 */
package dev.anneal.report;
