/** What can be wrong with policies before they judge anything. Loads nothing. */

/** Policies that were asked for wrongly: the command's exit status is 2. */
export class WrongPolicies extends Error {
    override readonly name: string = "WrongPolicies";
}

/** Configuration that is wrong: every problem with its file, path, value and what is allowed. */
export class PolicyConfigError extends WrongPolicies {
    override readonly name = "PolicyConfigError";

    constructor(
        readonly file: string,
        readonly problems: readonly string[],
    ) {
        super(problems.map((problem) => `${file}: ${problem}.`).join("\n"));
    }
}

/** All that is wrong with the configuration of several packs. */
export class PolicyConfigErrors extends WrongPolicies {
    override readonly name = "PolicyConfigErrors";

    constructor(readonly errors: readonly PolicyConfigError[]) {
        super(errors.map(({ message }) => message).join("\n"));
    }
}

/** A pack that cannot be started, or that stopped. */
export class PackError extends Error {
    override readonly name = "PackError";
}
