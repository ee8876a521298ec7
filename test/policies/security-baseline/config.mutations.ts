import { type Accepted, type Mutant } from "../../support/policies/mutation";
import { setting } from "./settings";

const RECORDER = "aws:cfg/recorder:Recorder";
const STATUS = "aws:cfg/recorderStatus:RecorderStatus";
const recorder = { type: RECORDER };

export const mutants: readonly Mutant[] = [
    setting(recorder, "config-recorder", "some types", "recordingGroup.allSupported", false, {
        message: "recordingGroup.allSupported is false",
    }),
    setting({ type: STATUS }, "config-recorder", "stopped", "isEnabled", false, {
        message: "does not record",
    }),
    {
        rule: "config-recorder",
        title: "never started",
        change: (stack) => {
            stack.remove(stack.find(STATUS));
        },
    },
    setting(
        recorder,
        "config-recorder",
        "no global types in the account's home",
        "recordingGroup.includeGlobalResourceTypes",
        false,
        { message: "none of its recorders has includeGlobalResourceTypes" },
    ),
    {
        rule: "config-recorder",
        title: "none",
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(STATUS));
            stack.remove(stack.find(RECORDER));
        },
        message: "uses eu-central-1, where AWS Config does not record",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "config-recorder",
        title: "everything, as the provider has it",
        stack: "prod-eu",
        change: (stack) => {
            stack.unset(stack.find(RECORDER), "recordingGroup");
        },
    },
    {
        rule: "config-recorder",
        title: "a recorder of the organisation's",
        stack: "prod-eu",
        config: { managedElsewhere: true },
        change: (stack) => {
            stack.remove(stack.find(STATUS));
            stack.remove(stack.find(RECORDER));
        },
    },
];
