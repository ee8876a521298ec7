import { type Props, text } from "../../framework";
import { isGiven } from "../../framework/items";

/** Application, network and gateway load balancers. */
export const BALANCER_TYPES = [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
] as const;
export const LISTENER_TYPES = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
export const TARGET_GROUP_TYPES = [
    "aws:lb/targetGroup:TargetGroup",
    "aws:alb/targetGroup:TargetGroup",
] as const;
export const CLASSIC_BALANCER_TYPES = [
    "aws:elb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Whether a load balancer is of a kind; without a kind it is an application load balancer. */
export function isKind(props: Props, ...kinds: readonly ("application" | "network" | "gateway")[]): boolean {
    const kind = text(props.loadBalancerType) ?? "application";
    return (kinds as readonly string[]).includes(kind);
}

/** A listener's protocol. Without one it is HTTP, unless it has no port either: then its balancer is a gateway one. */
export function listenerProtocol(props: Props): string {
    const protocol = text(props.protocol);
    if (protocol !== undefined && protocol !== "") {
        return protocol.toUpperCase();
    }
    return isGiven(props, "port") ? "HTTP" : "GENEVE";
}
