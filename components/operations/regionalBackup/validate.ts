import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { type RegionalBackupArgs } from "./args";
import { BACKUP_ARGUMENTS } from "./table";

/**
 * Checks everything that can be checked before AWS is asked.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that lists every problem.
 */
export function validate(name: string, given: RegionalBackupArgs): RegionalBackupArgs {
    const problems = new Problems("meridian:index:RegionalBackup", name);
    const args = checkArguments(problems, given, BACKUP_ARGUMENTS);
    checkName(problems, problems.name);
    problems.throwIfAny();
    return args;
}

function checkName(problems: Problems, name: string): void {
    checkNameLength(problems, "name", `${name}-personal-snapshots-tagged`, "aws:backup/selection:Selection");
    checkNameLength(problems, "name", `${name}-exports-bucket`, "aws:s3/bucket:Bucket");
    problems.check(
        /^[a-z0-9][a-z0-9-]*$/.test(name),
        "name",
        name,
        "lower-case letters, digits and hyphens, because a bucket is called after it",
    );
}
