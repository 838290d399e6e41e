import { codePathMissing } from "./trace/code-path-missing.ts";
import { backLinkMissing } from "./trace/back-link-missing.ts";
import { downstreamUnreal } from "./trace/downstream-unreal.ts";
import { upstreamDiffers } from "./trace/upstream-differs.ts";
import { decisionSource } from "./trace/decision-source.ts";
import { scenarioMapping } from "./trace/scenario-mapping.ts";
import { scenarioUnmapped } from "./trace/scenario-unmapped.ts";
import { iconPartner } from "./trace/icon-partner.ts";
import { currentState } from "./trace/current-state.ts";
import { damagedLock } from "./trace/damaged-lock.ts";
import { sourceTag } from "./trace/source-tag.ts";
import { suspect } from "./trace/suspect.ts";
import { declaredCode } from "./trace/declared-code.ts";
import { pairDisagrees } from "./document/pair-disagrees.ts";
import { noId } from "./tag/no-id.ts";
import { unread } from "./tag/unread.ts";
import { wrongType } from "./tag/wrong-type.ts";
import { untidy } from "./tag/untidy.ts";
import { contradicts } from "./tag/contradicts.ts";
import { factValue } from "./tag/fact-value.ts";
import { targetMissing } from "./link/target-missing.ts";
import { anchorMissing } from "./link/anchor-missing.ts";
import { outsideWorkspace } from "./link/outside-workspace.ts";
import { documentMissing } from "./trace/document-missing.ts";
import { elementMissing } from "./trace/element-missing.ts";
import { elementNotNamed } from "./trace/element-not-named.ts";
import { ambiguous } from "./trace/ambiguous.ts";
import { derived } from "./trace/derived.ts";
import { upward } from "./trace/upward.ts";
import { tagMissing } from "./trace/tag-missing.ts";
import { optionalTagMissing } from "./trace/optional-tag-missing.ts";
import { ancestorDiffers } from "./trace/ancestor-differs.ts";
import { orphan } from "./trace/orphan.ts";
import { uncovered } from "./trace/uncovered.ts";
import { duplicateElement } from "./trace/duplicate-element.ts";
import { badValue } from "./config/bad-value.ts";
import { expiredWaiver } from "./config/expired-waiver.ts";
import { unknownKey } from "./config/unknown-key.ts";
import { waiverWithoutReason } from "./config/waiver-without-reason.ts";
import { deadValidator } from "./document/dead-validator.ts";
import { dateOrder } from "./document/date-order.ts";
import { duplicateId } from "./document/duplicate-id.ts";
import { empty } from "./document/empty.ts";
import { fileName } from "./document/file-name.ts";
import { frontMatterContradicts } from "./document/front-matter-contradicts.ts";
import { frontMatterMalformed } from "./document/front-matter-malformed.ts";
import { frontMatterMissing } from "./document/front-matter-missing.ts";
import { registryOutdated } from "./document/registry-outdated.ts";
import { gherkinSyntax } from "./document/gherkin-syntax.ts";
import { idContradicts } from "./document/id-contradicts.ts";
import { machinePath } from "./document/machine-path.ts";
import { sectionMissing } from "./document/section-missing.ts";
import { sectionOrder } from "./document/section-order.ts";
import { size } from "./document/size.ts";
import { templateText } from "./document/template-text.ts";
import { title } from "./document/title.ts";
import { unreadable } from "./document/unreadable.ts";
import { unclosedFence } from "./document/unclosed-fence.ts";
import { yamlSyntax } from "./document/yaml-syntax.ts";
import { blindReplacement } from "./encoding/blind-replacement.ts";
import { byteOrderMark } from "./encoding/byte-order-mark.ts";
import { lostCharacter } from "./encoding/lost-character.ts";
import { mixedLineEnds } from "./encoding/mixed-line-ends.ts";
import { notText } from "./encoding/not-text.ts";
import { undecodableBytes } from "./encoding/undecodable-bytes.ts";
import { wronglyDecoded } from "./encoding/wrongly-decoded.ts";
import { completedWithoutReceipt } from "./evidence/completed-without-receipt.ts";
import { contradictingReceipt } from "./evidence/contradicting-receipt.ts";
import { criterionContradicted } from "./evidence/criterion-contradicted.ts";
import { scenarioResult } from "./evidence/scenario-result.ts";
import { damagedReceipt } from "./evidence/damaged-receipt.ts";
import { foreignReceipt } from "./evidence/foreign-receipt.ts";
import { staleReceipt } from "./evidence/stale-receipt.ts";
import { tickWithoutReceipt } from "./evidence/tick-without-receipt.ts";
import { annotation } from "./plan/annotation.ts";
import { bashSyntax } from "./plan/bash-syntax.ts";
import { boxMark } from "./plan/box-mark.ts";
import { completedWithOpenBoxes } from "./plan/completed-with-open-boxes.ts";
import { complexityRange } from "./plan/complexity-range.ts";
import { controlFieldMissing } from "./plan/control-field-missing.ts";
import { controlMissing } from "./plan/control-missing.ts";
import { deliverablesMissing } from "./plan/deliverables-missing.ts";
import { destructiveCommand } from "./plan/destructive-command.ts";
import { directoryNotEstablished } from "./plan/directory-not-established.ts";
import { duplicateStepNumber } from "./plan/duplicate-step-number.ts";
import { duplicateTaskId } from "./plan/duplicate-task-id.ts";
import { effortForm } from "./plan/effort-form.ts";
import { estimatesDisagree } from "./plan/estimates-disagree.ts";
import { foreignCharacterInCommand } from "./plan/foreign-character-in-command.ts";
import { interactiveCommand } from "./plan/interactive-command.ts";
import { machinePathInCommand } from "./plan/machine-path-in-command.ts";
import { noPhases } from "./plan/no-phases.ts";
import { noSteps } from "./plan/no-steps.ts";
import { objectiveMissing } from "./plan/objective-missing.ts";
import { outsideCommand } from "./plan/outside-command.ts";
import { parentTasksForm } from "./plan/parent-tasks-form.ts";
import { phaseWithoutTasks } from "./plan/phase-without-tasks.ts";
import { placeholderInCommand } from "./plan/placeholder-in-command.ts";
import { statusWord } from "./plan/status-word.ts";
import { stepWithoutCommand } from "./plan/step-without-command.ts";
import { stepWithoutVerification } from "./plan/step-without-verification.ts";
import { taskOutsidePhase } from "./plan/task-outside-phase.ts";
import { taskWithoutBox } from "./plan/task-without-box.ts";
import { timeForm } from "./plan/time-form.ts";
import { undeclaredTool } from "./plan/undeclared-tool.ts";
import { unprovableOutcome } from "./plan/unprovable-outcome.ts";
import { unprovedTask } from "./plan/unproved-task.ts";
import { unsafeCd } from "./plan/unsafe-cd.ts";
import { unterminatedHeredoc } from "./plan/unterminated-heredoc.ts";
import { untiedStep } from "./plan/untied-step.ts";
import { vacuousVerification } from "./plan/vacuous-verification.ts";
import { verdictBeforeFact } from "./plan/verdict-before-fact.ts";
import { verificationChangesState } from "./plan/verification-changes-state.ts";
import { versionForm } from "./plan/version-form.ts";
import { declaredDiffers } from "./score/declared-differs.ts";
import { type RuleName, ruleNames } from "./codes.ts";
import type { Rule } from "./rule.ts";

/** Every rule by its code. A code without a rule does not compile. */
export const ruleRegistry: Readonly<Record<RuleName, Rule>> = {
  "encoding/not-text": notText,
  "encoding/undecodable-bytes": undecodableBytes,
  "encoding/wrongly-decoded": wronglyDecoded,
  "encoding/blind-replacement": blindReplacement,
  "encoding/lost-character": lostCharacter,
  "encoding/mixed-line-ends": mixedLineEnds,
  "encoding/byte-order-mark": byteOrderMark,
  "document/empty": empty,
  "document/unreadable": unreadable,
  "document/file-name": fileName,
  "document/size": size,
  "document/front-matter-missing": frontMatterMissing,
  "document/front-matter-malformed": frontMatterMalformed,
  "document/front-matter-contradicts": frontMatterContradicts,
  "document/title": title,
  "document/id-contradicts": idContradicts,
  "document/duplicate-id": duplicateId,
  "document/section-missing": sectionMissing,
  "document/section-order": sectionOrder,
  "document/unclosed-fence": unclosedFence,
  "document/pair-disagrees": pairDisagrees,
  "document/registry-outdated": registryOutdated,
  "document/gherkin-syntax": gherkinSyntax,
  "document/yaml-syntax": yamlSyntax,
  "document/template-text": templateText,
  "document/machine-path": machinePath,
  "document/dead-validator": deadValidator,
  "document/date-order": dateOrder,
  "plan/control-missing": controlMissing,
  "plan/control-field-missing": controlFieldMissing,
  "plan/status-word": statusWord,
  "plan/version-form": versionForm,
  "plan/time-form": timeForm,
  "plan/effort-form": effortForm,
  "plan/complexity-range": complexityRange,
  "plan/parent-tasks-form": parentTasksForm,
  "plan/objective-missing": objectiveMissing,
  "plan/deliverables-missing": deliverablesMissing,
  "plan/no-phases": noPhases,
  "plan/phase-without-tasks": phaseWithoutTasks,
  "plan/duplicate-task-id": duplicateTaskId,
  "plan/task-outside-phase": taskOutsidePhase,
  "plan/task-without-box": taskWithoutBox,
  "plan/box-mark": boxMark,
  "plan/estimates-disagree": estimatesDisagree,
  "plan/completed-with-open-boxes": completedWithOpenBoxes,
  "plan/no-steps": noSteps,
  "plan/duplicate-step-number": duplicateStepNumber,
  "plan/step-without-command": stepWithoutCommand,
  "plan/step-without-verification": stepWithoutVerification,
  "plan/vacuous-verification": vacuousVerification,
  "plan/verification-changes-state": verificationChangesState,
  "plan/unprovable-outcome": unprovableOutcome,
  "plan/unproved-task": unprovedTask,
  "plan/untied-step": untiedStep,
  "plan/placeholder-in-command": placeholderInCommand,
  "plan/bash-syntax": bashSyntax,
  "plan/unterminated-heredoc": unterminatedHeredoc,
  "plan/directory-not-established": directoryNotEstablished,
  "plan/unsafe-cd": unsafeCd,
  "plan/destructive-command": destructiveCommand,
  "plan/outside-command": outsideCommand,
  "plan/interactive-command": interactiveCommand,
  "plan/machine-path-in-command": machinePathInCommand,
  "plan/foreign-character-in-command": foreignCharacterInCommand,
  "plan/undeclared-tool": undeclaredTool,
  "plan/annotation": annotation,
  "plan/verdict-before-fact": verdictBeforeFact,
  "tag/unread": unread,
  "tag/no-id": noId,
  "tag/wrong-type": wrongType,
  "tag/untidy": untidy,
  "tag/contradicts": contradicts,
  "tag/fact-value": factValue,
  "trace/document-missing": documentMissing,
  "trace/element-missing": elementMissing,
  "trace/element-not-named": elementNotNamed,
  "trace/ambiguous": ambiguous,
  "trace/derived": derived,
  "trace/upward": upward,
  "trace/tag-missing": tagMissing,
  "trace/optional-tag-missing": optionalTagMissing,
  "trace/ancestor-differs": ancestorDiffers,
  "trace/orphan": orphan,
  "trace/uncovered": uncovered,
  "trace/duplicate-element": duplicateElement,
  "trace/code-path-missing": codePathMissing,
  "trace/source-tag": sourceTag,
  "trace/back-link-missing": backLinkMissing,
  "trace/downstream-unreal": downstreamUnreal,
  "trace/upstream-differs": upstreamDiffers,
  "trace/decision-source": decisionSource,
  "trace/current-state": currentState,
  "trace/scenario-mapping": scenarioMapping,
  "trace/scenario-unmapped": scenarioUnmapped,
  "trace/icon-partner": iconPartner,
  "trace/declared-code": declaredCode,
  "trace/suspect": suspect,
  "trace/damaged-lock": damagedLock,
  "link/target-missing": targetMissing,
  "link/anchor-missing": anchorMissing,
  "link/outside-workspace": outsideWorkspace,
  "evidence/tick-without-receipt": tickWithoutReceipt,
  "evidence/completed-without-receipt": completedWithoutReceipt,
  "evidence/foreign-receipt": foreignReceipt,
  "evidence/damaged-receipt": damagedReceipt,
  "evidence/stale-receipt": staleReceipt,
  "evidence/contradicting-receipt": contradictingReceipt,
  "evidence/criterion-contradicted": criterionContradicted,
  "evidence/scenario-result": scenarioResult,
  "score/declared-differs": declaredDiffers,
  "config/unknown-key": unknownKey,
  "config/bad-value": badValue,
  "config/expired-waiver": expiredWaiver,
  "config/waiver-without-reason": waiverWithoutReason,
} satisfies Record<RuleName, Rule>;

/** Every rule in the order lists show them. */
export const allRules: readonly Rule[] = ruleNames.map((name) => ruleRegistry[name]);
