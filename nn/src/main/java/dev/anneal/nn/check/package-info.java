/** Whether a layer or a loss has the gradient that it should: for the tests of who writes one. */
package dev.anneal.nn.check;
