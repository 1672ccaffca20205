/**
 * The contract of drivers as tests: extend {@link io.intermodal.testkit.HypervisorDriverContract}
 * and say how to reach a hypervisor.
 */
@NullMarked
package io.intermodal.testkit;

import org.jspecify.annotations.NullMarked;
