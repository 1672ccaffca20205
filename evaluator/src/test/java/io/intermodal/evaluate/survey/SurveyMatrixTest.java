package io.intermodal.evaluate.survey;

import static io.intermodal.evaluate.survey.PublishedSurvey.CENTOS;
import static io.intermodal.evaluate.survey.PublishedSurvey.HYPER_V;
import static io.intermodal.evaluate.survey.PublishedSurvey.KVM;
import static io.intermodal.evaluate.survey.PublishedSurvey.UBUNTU;
import static io.intermodal.evaluate.survey.PublishedSurvey.VMWARE;
import static io.intermodal.evaluate.survey.PublishedSurvey.WINDOWS;
import static io.intermodal.evaluate.survey.PublishedSurvey.XEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyMatrixTest {
  private static final SurveyMatrix PUBLISHED = PublishedSurvey.matrix();
  private static final SurveyPath PATH = new SurveyPath(VMWARE, KVM, UBUNTU);
  private static final SurveyPath BACK = new SurveyPath(KVM, VMWARE, UBUNTU);

  @Test
  void reproducesThePublishedTotals() {
    assertThat(PUBLISHED.cells()).hasSize(36);
    assertThat(PUBLISHED.total()).isEqualTo(new Tally(2, 15, 19, 0));
    assertThat(PUBLISHED.total(WINDOWS)).isEqualTo(new Tally(1, 7, 4, 0));
    assertThat(PUBLISHED.total(UBUNTU)).isEqualTo(new Tally(1, 5, 6, 0));
    assertThat(PUBLISHED.total(CENTOS)).isEqualTo(new Tally(0, 3, 9, 0));
  }

  @Test
  void countsCellsOfUnknownPlaceApart() {
    assertThat(PUBLISHED.placed(CENTOS)).isEqualTo(new Tally(0, 1, 0, 11));
    assertThat(PUBLISHED.unplaced()).isEqualTo(new Tally(0, 2, 9, 0));
    assertThat(PUBLISHED.cell(new SurveyPath(VMWARE, XEN, CENTOS)).score()).contains(Score.WARNING);
    assertThat(PUBLISHED.cell(new SurveyPath(KVM, XEN, CENTOS)).score()).isEmpty();
  }

  @Test
  void reproducesSingleCells() {
    assertThat(PUBLISHED.cell(new SurveyPath(XEN, HYPER_V, WINDOWS)).score())
        .contains(Score.SUCCESS);
    assertThat(PUBLISHED.cell(new SurveyPath(XEN, HYPER_V, UBUNTU)).score())
        .contains(Score.SUCCESS);
    assertThat(PUBLISHED.cell(new SurveyPath(KVM, HYPER_V, WINDOWS)).score())
        .contains(Score.WARNING);
    assertThat(PUBLISHED.cell(new SurveyPath(KVM, VMWARE, WINDOWS)).score())
        .contains(Score.FAILURE);
  }

  @Test
  void causesAddUpToTheFailures() {
    assertThat(PublishedSurvey.failureCauses().stream().mapToInt(FailureCause::paths).sum())
        .isEqualTo(PUBLISHED.total().failure());
  }

  @Test
  void bestRouteIsTheResult() {
    Observations nothing = Observations.on("KVM", "web-1").build();
    Evaluation failed = Evaluator.tiosa().evaluate(nothing, nothing);
    SurveyMatrix matrix =
        SurveyMatrix.of(List.of(VMWARE, KVM), List.of(UBUNTU))
            .failed(PATH, "ovf", "export refused")
            .measured(PATH, "raw", Cycles.of(failed, failed))
            .measured(PATH, "vmdk", failed)
            .build();
    assertThat(matrix.cell(PATH))
        .isEqualTo(new SurveyCell(PATH, Score.FAILURE, "best of 3 routes: ovf, export refused"));
    assertThat(matrix.cell(BACK)).isEqualTo(new SurveyCell(BACK, null, "not tried"));
    assertThat(matrix.total()).isEqualTo(new Tally(0, 0, 1, 1));
  }

  @Test
  void tooFewCyclesHaveNoScore() {
    Observations nothing = Observations.on("KVM", "web-1").build();
    Evaluation failed = Evaluator.tiosa().evaluate(nothing, nothing);
    SurveyMatrix.Builder builder = SurveyMatrix.of(List.of(VMWARE, KVM), List.of(UBUNTU));
    assertThat(builder.measured(PATH, "raw", Cycles.of(failed, failed)).build().cell(PATH).note())
        .isEqualTo("route raw, 2 cycles, too few to count");
    assertThat(
            builder
                .measured(PATH, "raw", Cycles.of(failed, failed, failed))
                .build()
                .cell(PATH)
                .score())
        .contains(Score.FAILURE);
  }

  @Test
  void rejectsWhatIsNotInTheSurvey() {
    SurveyMatrix.Builder builder = SurveyMatrix.of(List.of(VMWARE, KVM), List.of(UBUNTU));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.failed(new SurveyPath(XEN, KVM, UBUNTU), "ovf", "no"))
        .withMessageContaining("not in this survey");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.unplaced(UBUNTU, new Tally(0, 3, 0, 0)).build())
        .withMessageContaining("more scores without a place");
  }
}
