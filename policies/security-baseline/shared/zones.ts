import { list, type Member } from "../../framework";

export const ZONE = "aws:route53/zone:Zone";

/** Whether the whole internet may ask the zone: no VPC is given for it. */
export function isPublicZone(zone: Member): boolean {
    return (zone.propertyDependencies.vpcs ?? []).length === 0 && list(zone.props.vpcs).length === 0;
}
