/** What decides how viewers are led, beside the regions' health: switches by hand, and whether records can be changed. */
import { lookUp } from "../steps/outsideView";
import { stateOf, type SwitchState } from "../traffic";
import { type Asked, type Watcher } from "./facts";
import { type Finding } from "./types";

/** What was seen of it. */
export interface RoutingFacts {
    readonly switches: readonly SwitchState[];
    /** Status of the zone's accelerated recovery; left out where the topology does not know the zone. */
    readonly acceleratedRecovery?: Asked<string>;
}

/** Looks at switches and zone. */
export async function lookAtRouting(watcher: Watcher): Promise<RoutingFacts> {
    const { aws, topology } = watcher;
    const { hostedZoneId } = topology;
    const [switches, acceleratedRecovery] = await Promise.all([
        Promise.all(
            topology.regions
                .filter(({ trafficSwitch }) => trafficSwitch !== undefined)
                .map((region) => stateOf(region, watcher)),
        ),
        hostedZoneId === undefined ? undefined : lookUp(watcher, () => aws.acceleratedRecovery(hostedZoneId)),
    ]);
    return { switches, ...(acceleratedRecovery === undefined ? {} : { acceleratedRecovery }) };
}

/** None of it stops a failover, so nothing is worse than a thing to look at. */
export function routingFindings({ acceleratedRecovery, switches }: RoutingFacts): Finding[] {
    return [
        ...switches.map(({ detail, region, state }): Finding => ({
            region,
            subject: "Traffic",
            state: state === "on" ? "ok" : "warn",
            text:
                state === "off"
                    ? `turned off by hand, ${detail}: viewers come back by npm run drill -- traffic --region ${region} --on`
                    : state === "on"
                      ? `on (${detail})`
                      : `the switch cannot be asked: ${detail}`,
        })),
        ...(acceleratedRecovery === undefined ? [] : [zoneFinding(acceleratedRecovery)]),
    ];
}

function zoneFinding(asked: Asked<string>): Finding {
    const subject = "Hosted zone";
    if ("missing" in asked) {
        return { subject, state: "warn", text: `Route 53 cannot be asked: ${asked.missing}` };
    }
    return asked.value === "ENABLED"
        ? {
              subject,
              state: "ok",
              text: "accelerated recovery is on: records can be changed while us-east-1 is lost",
          }
        : {
              subject,
              state: "warn",
              text: `accelerated recovery is ${asked.value}: while us-east-1 is lost no record can be changed (docs/operations.md)`,
          };
}
