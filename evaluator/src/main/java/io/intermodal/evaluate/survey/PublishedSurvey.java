package io.intermodal.evaluate.survey;

import io.intermodal.evaluate.Score;
import java.util.ArrayList;
import java.util.List;

/**
 * The survey that TIOSA's authors published: four hypervisors, three guest systems, 36 ordered
 * pairs.
 *
 * <p>The text states the totals, every cell of Windows Server 2008 R2 and of Ubuntu, and one cell
 * of CentOS. What the totals leave for CentOS is two WARNING and nine FAILURE in eleven cells, of
 * which the text does not say which is which: those cells have no score here, and the scores are
 * counted apart, as {@linkplain SurveyMatrix#unplaced() without a place}. The observations behind
 * the cells were not published, so no cell can be recomputed.
 */
public final class PublishedSurvey {
  /** VMware ESXi 5.0.0. */
  public static final Hypervisor VMWARE = new Hypervisor("VMware ESXi", "5.0.0");

  /** Citrix XenServer 6.0.2. */
  public static final Hypervisor XEN = new Hypervisor("Citrix XenServer", "6.0.2");

  /** KVM of CentOS 6.3. */
  public static final Hypervisor KVM = new Hypervisor("KVM", "CentOS 6.3");

  /** Microsoft Hyper-V of Windows Server 2008 R2. */
  public static final Hypervisor HYPER_V =
      new Hypervisor("Microsoft Hyper-V", "Windows Server 2008 R2");

  /** CentOS 6.3, 64 bit. */
  public static final GuestSystem CENTOS = new GuestSystem("CentOS", "6.3", 64);

  /** Ubuntu 12.04, 64 bit. */
  public static final GuestSystem UBUNTU = new GuestSystem("Ubuntu", "12.04", 64);

  /** Windows Server 2008 R2, 64 bit. */
  public static final GuestSystem WINDOWS = new GuestSystem("Windows Server", "2008 R2", 64);

  private static final List<Hypervisor> HYPERVISORS = List.of(VMWARE, XEN, KVM, HYPER_V);

  private static final String WINDOWS_NOTE = "published cell by cell";
  private static final String UBUNTU_NOTE = "published in the text";
  private static final String CENTOS_NOTE = "published in the text: the one path said to run";
  private static final String UNKNOWN_NOTE =
      "not published: two of these eleven are WARNING and nine FAILURE, by subtraction from the totals";

  private static final SurveyMatrix MATRIX = build();

  private static final List<FailureCause> CAUSES =
      List.of(
          new FailureCause("missing tool support by KVM", 8),
          new FailureCause("related to CentOS", 8),
          new FailureCause("related to a commercial hypervisor", 3));

  private PublishedSurvey() {}

  /** Returns the survey as a matrix. */
  public static SurveyMatrix matrix() {
    return MATRIX;
  }

  /** Returns why paths failed, as published; together they are the failures of the totals. */
  public static List<FailureCause> failureCauses() {
    return CAUSES;
  }

  private static SurveyMatrix build() {
    SurveyMatrix.Builder survey = SurveyMatrix.of(HYPERVISORS, List.of(CENTOS, UBUNTU, WINDOWS));
    // One letter per target, in the order of the hypervisors; "-" is the hypervisor itself.
    row(survey, VMWARE, WINDOWS, "-WWW", WINDOWS_NOTE);
    row(survey, XEN, WINDOWS, "W-FS", WINDOWS_NOTE);
    row(survey, KVM, WINDOWS, "FF-W", WINDOWS_NOTE);
    row(survey, HYPER_V, WINDOWS, "WWF-", WINDOWS_NOTE);
    row(survey, VMWARE, UBUNTU, "-WFF", UBUNTU_NOTE);
    row(survey, XEN, UBUNTU, "F-FS", UBUNTU_NOTE);
    row(survey, KVM, UBUNTU, "WF-W", UBUNTU_NOTE);
    row(survey, HYPER_V, UBUNTU, "WWF-", UBUNTU_NOTE);
    for (SurveyPath path : pathsOf(CENTOS)) {
      survey.unknown(path, UNKNOWN_NOTE);
    }
    survey.stated(new SurveyPath(VMWARE, XEN, CENTOS), Score.WARNING, CENTOS_NOTE);
    survey.unplaced(CENTOS, new Tally(0, 2, 9, 0));
    return survey.build();
  }

  private static List<SurveyPath> pathsOf(GuestSystem guest) {
    List<SurveyPath> paths = new ArrayList<>();
    for (Hypervisor source : HYPERVISORS) {
      for (Hypervisor target : HYPERVISORS) {
        if (!source.equals(target)) {
          paths.add(new SurveyPath(source, target, guest));
        }
      }
    }
    return paths;
  }

  private static void row(
      SurveyMatrix.Builder survey,
      Hypervisor source,
      GuestSystem guest,
      String letters,
      String note) {
    for (int i = 0; i < letters.length(); i++) {
      if (letters.charAt(i) != '-') {
        Score score =
            switch (letters.charAt(i)) {
              case 'S' -> Score.SUCCESS;
              case 'W' -> Score.WARNING;
              default -> Score.FAILURE;
            };
        survey.stated(new SurveyPath(source, HYPERVISORS.get(i), guest), score, note);
      }
    }
  }
}
