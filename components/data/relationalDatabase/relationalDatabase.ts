import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { type Permission, permissionsOf } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { connectArn } from "../auroraMember/connection";
import { checkName } from "../auroraMember/identifiers";
import { createAlarms } from "./alarms";
import { type RelationalDatabaseArgs } from "./args";
import { createDatabase, type MadeDatabase } from "./database";
import { createFoundation } from "./foundation";
import { type RelationalSettings, withDefaults } from "./settings";
import { RELATIONAL_ARGUMENTS } from "./table";

export {
    type BackupReplication,
    DatabaseInsights,
    type RelationalDatabaseArgs,
    RelationalEngine,
    RelationalTopology,
} from "./args";

/**
 * A PostgreSQL or MySQL database of RDS in one region, over two or three zones: encrypted, with TLS forced, applications
 * that sign in with IAM, and a master password that nobody but RDS thinks of.
 *
 * Nobody is let in: a SecurityGroupConnection to `securityGroupId` opens the way for others' groups, and
 * `connectPermissions` has what IAM must let their roles do.
 *
 * Children: `<name>-security-group`, `<name>-subnets`, `<name>-parameters`, `<name>-options`, `<name>-monitoring-role`,
 * `<name>-monitoring-policy`, `<name>-<log>-logs`, `<name>-final-snapshot`, `<name>-instance` or `<name>-cluster`,
 * `<name>-backup-replication`, and the alarms `<name>-processor`, `<name>-storage`, `<name>-connections`,
 * `<name>-memory` and `<name>-replica-lag`.
 */
export class RelationalDatabase extends pulumi.ComponentResource {
    /** Host name of the instance, or of the cluster's writer. It stays the same over a failover. */
    readonly endpoint: pulumi.Output<string>;
    /** Host name of the cluster's readers. None of an instance, whose standby answers nobody. */
    readonly readerEndpoint?: pulumi.Output<string>;
    /** The TCP port that the database listens on. */
    readonly port: pulumi.Output<number>;
    /** Name of the database. */
    readonly databaseName: pulumi.Output<string>;
    /** ARN of the instance or cluster. */
    readonly databaseArn: pulumi.Output<string>;
    /** Id of the security group that the database wears. It lets nobody in. */
    readonly securityGroupId: pulumi.Output<string>;
    /** ARN of the secret with the master user's name and password, which RDS replaces every week. */
    readonly masterUserSecretArn: pulumi.Output<string>;
    /** Id that AWS gave the instance or cluster, which `rds-db:connect` goes by. */
    readonly resourceId: pulumi.Output<string>;
    /** What IAM must let a role do that signs in, by the name of the database's user. */
    readonly connectPermissions: pulumi.Output<Record<string, Permission[]>>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and single hyphens, a letter first.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: RelationalDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RelationalDatabase", name, args, opts);
        const settings = withDefaults(args);
        const { region, accountId } = args;

        const group = ownSecurityGroup(
            name,
            {
                region,
                vpcId: args.vpcId,
                description: `Database ${args.identifier}`,
                tags: settings.tags,
            },
            this,
        );
        const foundation = createFoundation(name, args, settings, this);
        const database = createDatabase(name, args, settings, foundation, group.id, this);
        replicateBackups(this, name, args, settings, database);
        if (args.alarmTopicArns !== undefined) {
            createAlarms(name, args, settings, { topicArns: args.alarmTopicArns, tags: settings.tags }, this);
        }

        this.endpoint = database.endpoint;
        if (database.readerEndpoint !== undefined) {
            this.readerEndpoint = database.readerEndpoint;
        }
        this.port = pulumi.output(settings.port);
        this.databaseName = pulumi.output(args.databaseName);
        this.databaseArn = database.arn;
        this.securityGroupId = group.id;
        this.masterUserSecretArn = database.masterUserSecretArn;
        this.resourceId = database.resourceId;
        this.connectPermissions = pulumi.all(
            Object.fromEntries(
                settings.databaseUsers.map((user) => [
                    user,
                    permissionsOf([
                        {
                            sid: "SignInToDatabase",
                            actions: ["rds-db:connect"],
                            resources: [connectArn(region, accountId, user, database.resourceId)],
                        },
                    ]),
                ]),
            ),
        );
        this.registerOutputs({
            endpoint: this.endpoint,
            ...(this.readerEndpoint === undefined ? {} : { readerEndpoint: this.readerEndpoint }),
            port: this.port,
            databaseName: this.databaseName,
            databaseArn: this.databaseArn,
            securityGroupId: this.securityGroupId,
            masterUserSecretArn: this.masterUserSecretArn,
            resourceId: this.resourceId,
            connectPermissions: this.connectPermissions,
        });
    }
}

/** Has RDS keep a second copy of the automated backups, where they are asked for. */
function replicateBackups(
    parent: RelationalDatabase,
    name: string,
    { backupReplication: copy }: RelationalDatabaseArgs,
    { backupRetentionDays }: RelationalSettings,
    database: MadeDatabase,
): void {
    if (copy !== undefined) {
        new aws.rds.InstanceAutomatedBackupsReplication(
            `${name}-backup-replication`,
            {
                // The copy's region does the copying.
                region: copy.region,
                sourceDbInstanceArn: database.arn,
                kmsKeyId: copy.kmsKeyArn,
                retentionPeriod: copy.retentionDays ?? backupRetentionDays,
            },
            { parent },
        );
    }
}

function validate(name: string, given: RelationalDatabaseArgs): RelationalDatabaseArgs {
    const problems = new Problems("meridian:index:RelationalDatabase", name);
    const args = checkArguments(problems, given, RELATIONAL_ARGUMENTS);
    checkName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-monitoring-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
