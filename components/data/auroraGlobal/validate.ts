import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { checkName } from "../auroraMember/identifiers";
import { type AuroraGlobalArgs } from "./args";
import { AURORA_GLOBAL_ARGUMENTS } from "./table";

/**
 * Checks the arguments of an AuroraGlobal.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: AuroraGlobalArgs): AuroraGlobalArgs {
    const problems = new Problems("meridian:index:AuroraGlobal", name);
    const args = checkArguments(problems, given, AURORA_GLOBAL_ARGUMENTS);
    checkName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-preparation-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
