import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { type Vpc3TierArgs } from "./args";
import { VPC_ARGUMENTS } from "./table";

/**
 * Checks the arguments of a Vpc3Tier.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: Vpc3TierArgs): Vpc3TierArgs {
    const problems = new Problems("meridian:index:Vpc3Tier", name);
    checkName(problems, problems.name);
    const args = checkArguments(problems, given, VPC_ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function checkName(problems: Problems, name: string): void {
    problems.check(
        /^(?!sg-|sg$)[A-Za-z][A-Za-z0-9-]*$/.test(name),
        "name",
        name,
        "letters, digits and hyphens, a letter first, and not sg, which EC2 keeps for the ids of security groups",
    );
    checkNameLength(problems, "name", `${name}-flow-log-role`, "aws:iam/role:Role");
}
