/**
 * The gateway at work without any vendor account: {@link dev.hypergateway.server.demo.Demo} puts it in front of the vendor
 * sandbox, with keys of which only the last works; {@link dev.hypergateway.server.demo.DemoTour} makes three calls and tells what
 * happened.
 */
@NullMarked
package dev.hypergateway.server.demo;

import org.jspecify.annotations.NullMarked;
