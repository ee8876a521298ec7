import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { type EdgeDistributionArgs } from "./args";
import { EDGE_ARGUMENTS } from "./table";

/**
 * Checks the arguments of an EdgeDistribution.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: EdgeDistributionArgs): EdgeDistributionArgs {
    const problems = new Problems("meridian:index:EdgeDistribution", name);
    checkName(problems, problems.name);
    const args = checkArguments(problems, given, EDGE_ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function checkName(problems: Problems, name: string): void {
    problems.check(
        /^[a-z][a-z0-9-]*$/.test(name),
        "name",
        name,
        "a lower-case letter, then lower-case letters, digits and hyphens, because buckets are called after it",
    );
    // Of all children that AWS names after them, this one has the least room.
    checkNameLength(problems, "name", `${name}-replica-s3-logs-bucket`, "aws:s3/bucket:Bucket");
}
