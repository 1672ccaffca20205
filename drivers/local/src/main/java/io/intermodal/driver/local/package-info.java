/**
 * A hypervisor in a folder. Machines are files, their disks are real images in the native format of
 * the product whose profile the folder has, and their guests are simulated. It behaves as
 * {@linkplain io.intermodal.driver.local.LocalDriver declared}, so that a move, a plan or a script
 * can be tested without a hypervisor; every report names it a simulated folder.
 *
 * <p>What is in the folder:
 *
 * <pre>
 * hypervisor.json        profile and networks
 * .locks/                one file for each lock; they stay
 * .import-…/ .trash-…/   machines being made or deleted; what a dead process left is cleaned up
 * web/                   a machine; the folder's name is its id
 *   state.json           state, boots, snapshots, and which of the folders below is the current one
 *   serial.log           what the guest wrote since it booted
 *   v1/                  machine.json (the definition) and its disks
 *   s1/                  a snapshot: the same files at that time
 * </pre>
 *
 * <p>Every change ends in one rename of one file or folder. Whoever reads needs no lock and sees
 * the machine before the change or after it; a process that is killed leaves one of the two.
 */
@NullMarked
package io.intermodal.driver.local;

import org.jspecify.annotations.NullMarked;
