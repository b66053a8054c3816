import { z } from 'zod';

export const integer = (low: number, high: number) => z.int().min(low).max(high);
export const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:\\S+$`), `must be an ARN of ${service}`);
export const cidr = z.cidrv4('must be an IPv4 range such as 10.0.0.0/16');
export const pinnedImage = z
  .string()
  .regex(/^[^\s@]+@sha256:[0-9a-f]{64}$/, 'must name the image by digest: repository@sha256:<64 hex digits>');

export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-east-1');
