/** The words of the public page and of the modules it shows. */
import assessments from '../../domain/assessments/en.yaml?public';
import notices from '../../domain/notices/en.yaml?public';
import providers from '../../domain/providers/en.yaml?public';
import light from '../light/en.yaml';
import figures from '../ui/figures/en.yaml';
import site from './en.yaml';

export default { light, figures, site, notices, providers, assessments };
