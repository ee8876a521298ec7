import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { input, object, region, required, text, textLike } from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import {
    dashboardBody,
    type DashboardDatabase,
    type DashboardEdge,
    type DashboardEventsApi,
    type DashboardFleet,
} from "./dashboardBody";
import { asSetting } from "../shared/replacement";
import { Problems } from "../shared/validation";

export {
    type DashboardDatabase,
    type DashboardEdge,
    type DashboardEventsApi,
    type DashboardFleet,
} from "./dashboardBody";

/** Arguments of RegionalDashboard. */
export interface RegionalDashboardArgs {
    /** The AWS region whose metrics are shown. */
    region: string;
    /** The environment, such as `prod`. Part of the dashboard's name. */
    environment: string;
    /** The region's short name in the catalogue, such as `eu`. Part of the dashboard's name. */
    regionKey: string;
    /** The tier behind the ALB. */
    web: DashboardFleet;
    /** The metric name of the web ACL on the ALB. */
    webAclMetricName: pulumi.Input<string>;
    /** The tier behind the NLB. */
    api: DashboardFleet;
    /** The region's database cluster. No database charts when left out. */
    database?: DashboardDatabase;
    /** The region's distribution. No CloudFront charts when left out. */
    edge?: DashboardEdge;
    /** The API that clients send events to. No such charts when left out. */
    eventsApi?: DashboardEventsApi;
    /** Name of the rule that matches Spot interruptions. No such chart when left out. */
    spotInterruptionRuleName?: pulumi.Input<string>;
}

// Amazon CloudWatch API Reference, PutDashboard.
const MAX_NAME = 255;

/**
 * The CloudWatch dashboard of one region.
 *
 * CloudWatch keeps dashboards per account, not per region, and writing one overwrites another of the same name without a
 * word. So the name carries the component, the environment and the region's key: `<name>-<environment>-<regionKey>`.
 *
 * Children: `<name>-dashboard`.
 */
export class RegionalDashboard extends pulumi.ComponentResource {
    /** Name of the dashboard. */
    readonly dashboardName: pulumi.Output<string>;
    /** ARN of the dashboard. */
    readonly dashboardArn: pulumi.Output<string>;

    constructor(name: string, args: RegionalDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RegionalDashboard", name, args, opts);
        const dashboardName = dashboardNameOf(name, args);

        const body = dashboardBody({
            ...args,
            title: `${args.environment} in ${args.region}`,
        });
        const dashboard = new aws.cloudwatch.Dashboard(
            `${name}-dashboard`,
            { region: args.region, dashboardName, dashboardBody: pulumi.jsonStringify(body) },
            asSetting({ parent: this }),
        );

        this.dashboardName = dashboard.dashboardName;
        this.dashboardArn = dashboard.dashboardArn;
        this.registerOutputs({ dashboardName: this.dashboardName, dashboardArn: this.dashboardArn });
    }
}

function dashboardNameOf(name: string, args: RegionalDashboardArgs): string {
    return `${name}-${args.environment}-${args.regionKey}`;
}

const FLEET: ArgumentTable<DashboardFleet> = {
    loadBalancerArnSuffix: required(input(text())),
    targetGroupArnSuffix: required(input(text())),
    autoScalingGroupName: required(input(text())),
};

const ARGUMENTS: ArgumentTable<RegionalDashboardArgs> = {
    region: required(region()),
    environment: required(
        textLike(
            /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
            "lower-case letters and digits, with single hyphens between them",
        ),
    ),
    // Without hyphens, no two pairs of environment and key make the same name.
    regionKey: required(textLike(/^[a-z0-9]+$/, "lower-case letters and digits")),
    web: required(object(FLEET)),
    webAclMetricName: required(input(text())),
    api: required(object(FLEET)),
    database: object<DashboardDatabase>({ clusterIdentifier: required(input(text())) }),
    edge: object<DashboardEdge>({
        distributionId: required(input(text())),
        webAclMetricName: required(input(text())),
    }),
    eventsApi: object<DashboardEventsApi>({
        apiName: required(input(text())),
        stageName: required(input(text())),
        functionName: required(input(text())),
    }),
    spotInterruptionRuleName: input(text()),
};

function validate(name: string, given: RegionalDashboardArgs): RegionalDashboardArgs {
    const problems = new Problems("meridian:index:RegionalDashboard", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    const dashboardName = dashboardNameOf(problems.name, args);
    problems.check(
        /^[A-Za-z0-9_-]+$/.test(name) && dashboardName.length <= MAX_NAME,
        "name",
        name,
        `letters, digits, _ and -, so that the dashboard's name has at most ${MAX_NAME} characters`,
    );
    problems.throwIfAny();
    return args;
}
