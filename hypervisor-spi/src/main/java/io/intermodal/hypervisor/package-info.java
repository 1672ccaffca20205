/**
 * One API over every hypervisor: the neutral machine, its life cycle in CIMI's words, what a
 * hypervisor declares it can do, and the operations all of them share (ODCA VM interoperability,
 * Usage Scenario 3).
 *
 * <p>Start at {@link Drivers} to reach a hypervisor, at {@link MachineSpec} for what a machine is,
 * at {@link MachineOperations} to change one under a stated requirement.
 */
@NullMarked
package io.intermodal.hypervisor;

import org.jspecify.annotations.NullMarked;
