import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { type Permission } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { createAccessFunction, createMasterRole } from "./access";
import { createAlarms } from "./alarms";
import { type SearchDomainArgs } from "./args";
import { createDomain } from "./domain";
import { createLogs } from "./logs";
import { readPermissions, writePermissions } from "./permissions";
import { SEARCH_PORT } from "./port";
import { withDefaults } from "./settings";
import { SEARCH_DOMAIN_ARGUMENTS } from "./table";

export { SearchAvailability, type SearchDomainArgs } from "./args";

/**
 * An OpenSearch domain in a network, encrypted everywhere, which knows roles of IAM and no passwords.
 *
 * Two locks are before its data. IAM's is `readPermissions` or `writePermissions` in a role's policy, and the way in a
 * SecurityGroupConnection to `securityGroupId`. Fine-grained access is inside: a SearchAccess for the role, because a role
 * that the domain does not know may do nothing. The master role may do everything; it is that of the domain's own
 * function, which SearchAccess and SearchIndexLoader call while they are deployed, and which nobody else runs as.
 *
 * Children: `<name>-security-group`, `<name>-application-logs`, `<name>-audit-logs`, `<name>-index-slow-logs`,
 * `<name>-search-slow-logs`, `<name>-log-policy`, `<name>-service-linked-role`, `<name>-access-role`, `<name>-domain`,
 * `<name>-access-security-group`, `<name>-access-connection` (a SecurityGroupConnection), `<name>-access-dead-letters`,
 * `<name>-access-logs`, `<name>-access-policy`, `<name>-access`, `<name>-audit`, and the alarms `<name>-red`,
 * `<name>-yellow`, `<name>-storage`, `<name>-writes-blocked`, `<name>-memory`, `<name>-processor`, `<name>-snapshots`,
 * `<name>-key`, `<name>-master` and `<name>-master-memory`.
 */
export class SearchDomain extends pulumi.ComponentResource {
    /** Host name of the domain's endpoint. */
    readonly endpoint: pulumi.Output<string>;
    /** ARN of the domain. */
    readonly domainArn: pulumi.Output<string>;
    /** Name of the domain. */
    readonly domainName: pulumi.Output<string>;
    /** Id of the security group that the nodes wear. It lets in nobody but the domain's own function. */
    readonly securityGroupId: pulumi.Output<string>;
    /** The TCP port that the domain listens on: 443. */
    readonly port: pulumi.Output<number>;
    /** What IAM must let a role do that searches. */
    readonly readPermissions: pulumi.Output<Permission[]>;
    /** What IAM must let a role do that writes documents, beside reading. */
    readonly writePermissions: pulumi.Output<Permission[]>;
    /** ARN of the role that may do everything in the domain: that of the domain's own function. */
    readonly masterRoleArn: pulumi.Output<string>;
    /** Name of the domain's own function, which says who may do what in it: what SearchAccess takes. */
    readonly accessFunctionName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: SearchDomainArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SearchDomain", name, args, opts);
        const settings = withDefaults(args);
        const { region, accountId, vpcId, subnetIds, kmsKeyArn, domainName } = args;
        const { tags, logRetentionDays } = settings;
        const place = { region, accountId, kmsKeyArn, logRetentionDays, tags };
        // As AWS will have it: the policies that the domain needs beforehand name it.
        const domainArn = pulumi.interpolate`arn:aws:es:${region}:${accountId}:domain/${domainName}`;

        const group = ownSecurityGroup(
            name,
            { region, vpcId, description: `Nodes of search domain ${domainName}`, tags },
            this,
        );
        const logs = createLogs(
            name,
            { ...place, domainName, domainArn, createPolicy: args.createLogPolicy ?? true },
            this,
        );
        const masterRole = createMasterRole(name, place, this);
        const domain = createDomain(
            name,
            {
                ...{ region, domainName, domainArn, subnetIds, kmsKeyArn, logs },
                securityGroupId: group.id,
                masterRoleArn: masterRole.arn,
                clientRoleArns: args.clientRoleArns ?? [],
            },
            settings,
            { parent: this, dependsOn: [...logs.before, ...makeServiceLinkedRole(this, name, args)] },
        );
        const accessFunctionName = createAccessFunction(
            name,
            { ...place, vpcId, subnetIds, domainSecurityGroupId: group.id },
            masterRole,
            domain,
            this,
        );
        if (args.alarmTopicArns !== undefined) {
            createAlarms(
                name,
                {
                    ...{ region, accountId, domainName, tags },
                    volumeSize: settings.volumeSize,
                    hasMasters: settings.masterInstanceType !== undefined,
                    topicArns: args.alarmTopicArns,
                },
                this,
            );
        }

        this.endpoint = domain.endpoint;
        this.domainArn = domain.arn;
        this.domainName = domain.domainName;
        this.securityGroupId = group.id;
        this.port = pulumi.output(SEARCH_PORT);
        this.readPermissions = readPermissions(domain.arn);
        this.writePermissions = writePermissions(domain.arn);
        this.masterRoleArn = masterRole.arn;
        this.accessFunctionName = accessFunctionName;
        this.registerOutputs({
            endpoint: this.endpoint,
            domainArn: this.domainArn,
            domainName: this.domainName,
            securityGroupId: this.securityGroupId,
            port: this.port,
            readPermissions: this.readPermissions,
            writePermissions: this.writePermissions,
            masterRoleArn: this.masterRoleArn,
            accessFunctionName: this.accessFunctionName,
        });
    }
}

/** The role that OpenSearch puts its nodes into networks with. */
function makeServiceLinkedRole(
    parent: SearchDomain,
    name: string,
    args: SearchDomainArgs,
): pulumi.Resource[] {
    return args.createServiceLinkedRole === true
        ? [
              new aws.iam.ServiceLinkedRole(
                  `${name}-service-linked-role`,
                  { awsServiceName: "opensearchservice.amazonaws.com" },
                  // The account has one, which the domains of other programs need as well.
                  { parent, retainOnDelete: true },
              ),
          ]
        : [];
}

function validate(name: string, given: SearchDomainArgs): SearchDomainArgs {
    const problems = new Problems("meridian:index:SearchDomain", name);
    const args = checkArguments(problems, given, SEARCH_DOMAIN_ARGUMENTS);
    checkComponentName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-access-role`, "aws:iam/role:Role");
    checkNameLength(problems, "name", `${problems.name}-access-dead-letters`, "aws:sqs/queue:Queue");
    problems.throwIfAny();
    return args;
}
